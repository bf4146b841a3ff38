"""Import the rows of stories and updates from a fixture: citations, bylines, history."""

from liveblog.models import Correction

from .differences import differing, row_of


def import_update_part(row, fixture) -> None:
    """Import a citation, byline or picture of an update."""
    if _is_changed(row.object):
        fixture.stories.holding(row.object.update_id).differ()
        row.save()


def import_story_byline(row, fixture) -> None:
    if _is_changed(row.object):
        story_import = fixture.stories.at(row.object.story_id)
        story_import.story_differs = True
        story_import.differ()
        row.save()


def import_correction(row, fixture) -> None:
    if not Correction.objects.filter(pk=row.object.pk).exists():
        fixture.stories.at(row.object.story_id).differ()
        row.save()


def _is_changed(obj):
    there = row_of(obj)
    return there is None or bool(differing(obj, there))


def import_record(row, fixture) -> None:
    """Add a row of history or an old address under an id of this database."""
    obj = row.object
    same = {
        each.attname: getattr(obj, each.attname)
        for each in obj._meta.concrete_fields
        if not each.primary_key and each.attname != "content"
    }
    if not type(obj).objects.filter(**same).exists():
        obj.pk = None
        obj.save(force_insert=True)
