"""Import updates from a fixture."""

from liveblog.models import Story, Update

from .differences import differing, keep_counters, row_of
from .story_imports import SEEN
from .validation import FixtureImportError, row_name


def import_update(row, fixture) -> None:
    """Import an update where it is new or differs; a retracted one stays retracted."""
    update = row.object
    story_import = fixture.stories.at(update.story_id)
    there = fixture.found_update(update)
    _refuse_misplaced(update, there, story_import)
    if update.status == Update.Status.RETRACTED and not update.retracted_at:
        update.retracted_at = (there and there.retracted_at) or story_import.change.at
    if there and not differing(update, there):
        return
    there = there and row_of(update)  # again, now that nobody else can change it
    if there or not story_import.is_new:
        story_import.differ()
    if there and there.status == Update.Status.RETRACTED:
        fixture.notes.append(f"{row_name(update)} was retracted here, and stays so.")
        return
    if there:
        keep_counters(update, there)
        update.version += 1
    story_import.mark_update(update, is_new=there is None)
    row.save(force_insert=there is None)
    story_import.updates.add(update.pk)


def _refuse_misplaced(update, there, story_import):
    if there and there.story_id != update.story_id:
        raise FixtureImportError(f"{row_name(update)}: this id belongs to another story's update.")
    if update.published_at and update.published_at > story_import.change.at:
        raise FixtureImportError(f"{row_name(update)}: published_at lies in the future.")
    if update.status in SEEN and story_import.change.story.status == Story.Status.DRAFT:
        raise FixtureImportError(
            f"{row_name(update)}: it is {update.status}, and its story is a draft."
        )
