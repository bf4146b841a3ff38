"""What stories share, out of a fixture: sources, topics, people, pictures."""

from liveblog.slugs import slugify

from ..shared import showing
from .comparing import differing, row_of, same_row


def take_named(row, adoption) -> None:
    """Take a source, topic or person whose name is new here."""
    obj = row.object
    obj.slug = obj.slug or slugify(obj.name, max_length=80)
    if same_row(obj, type(obj).objects.filter(slug=obj.slug).first()) is None:
        row.save()


def take_picture(row, adoption) -> None:
    """Take a picture, and announce the stories that show it where it changed."""
    adoption.pictures.append(row.object)
    there = row_of(row.object)
    if there is None:
        row.save()
    elif differing(row.object, there):
        with showing(row.object, by=None, verb="import"):
            row.save()
