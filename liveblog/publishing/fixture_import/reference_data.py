"""What stories share, out of a fixture: sources, topics, people, pictures."""

from liveblog.models import Version
from liveblog.publishing.reference_data import changing_reference_data
from liveblog.slugs import slugify

from .differences import differing, row_of, same_row


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
        with changing_reference_data(row.object, by=None, verb=Version.Verb.IMPORT):
            row.save()
