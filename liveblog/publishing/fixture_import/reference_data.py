"""Import sources, topics, people and pictures from a fixture."""

from liveblog.models import Picture, Version
from liveblog.publishing.reference_data import changing_reference_data
from liveblog.slugs import slugify

from .differences import differing, row_of, same_row


def import_named(row, fixture) -> None:
    """Import a source, topic or person whose name is new here."""
    obj = row.object
    obj.slug = obj.slug or slugify(obj.name, max_length=80)
    if same_row(obj, type(obj).objects.filter(slug=obj.slug).first()) is None:
        row.save()


def import_picture(row, fixture) -> None:
    """Import a picture, and announce the stories that show it where it changed.

    Its file follows after all rows; an existing one stays.
    """
    picture, there = row.object, row_of(row.object)
    if picture.file and not (there and there.file):
        fixture.files[picture] = picture.file.name
    stored = there or Picture()
    picture.file, picture.renditions = stored.file.name, stored.renditions
    picture.width, picture.height = stored.width, stored.height
    picture.added_by_id = stored.added_by_id
    if there is None:
        row.save()
    elif differing(row.object, there):
        with changing_reference_data(row.object, by=None, verb=Version.Verb.IMPORT):
            row.save()
