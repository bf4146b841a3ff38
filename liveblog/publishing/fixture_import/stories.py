"""Import stories from a fixture: new ones whole, known ones where they differ."""

from liveblog.models import Story
from liveblog.models.story import new_epoch

from .differences import differing, keep_counters, same_row


def import_story(row, fixture) -> None:
    """Import a story; a known one keeps its address, counters and state."""
    found = Story.objects.at_address(row.object.slug).first()
    if same_row(row.object, found) is None:
        _take_new(row, fixture)
    else:
        _take_known(row, fixture.stories.at(found.pk))


def _take_new(row, fixture):
    story = row.object
    story.epoch = new_epoch()
    if story.status != Story.Status.DRAFT:
        story.revision = story.changed_revision = max(story.revision, 1)
        story.opened_at = story.opened_at or story.created_at
    row.save()
    fixture.stories.add(story)


def _take_known(row, story_import):
    story, there = row.object, story_import.change.story
    story.slug = there.slug
    topics = {each.pk for each in there.topics.all()}
    if differing(story, there) or topics != set(_pks(row.m2m_data.get("topics", ()))):
        story_import.differ()
        story_import.story_differs = True
        keep_counters(story, there)
        _keep_state(story, there)
        story.version += 1
        row.save()


def _keep_state(story, there):
    """Keep a known story's state: an import neither opens, ends nor withdraws it."""
    for name in ("status", "opened_at", "ended_at", "withdrawn_at", "last_updated_at"):
        setattr(story, name, getattr(there, name))


def _pks(rows):
    return [getattr(each, "pk", each) for each in rows]
