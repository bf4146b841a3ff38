"""What a batch of events holds for readers at different cursors."""

import pytest

from liveblog.live.queries import read_batch, read_parts
from liveblog.models import Story
from liveblog.queries.changes import Cursor
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor)


def cursor_of(story):
    row = Story.objects.get(pk=story.pk)
    return Cursor(row.epoch, row.revision)


def pin(story, editor):
    update = cast.publish(story, editor)
    return update, cast.publishing.pin(update, by=editor)


def test_a_reader_between_two_revisions_gets_all_parts(story, editor):
    """A part that changed and changed back differs for them, though not for the batch."""
    begin = cursor_of(story)
    shown = read_parts(story.pk, str(begin))
    update, _ = pin(story, editor)
    between = cursor_of(story).revision
    cast.publishing.unpin(update, by=editor)

    batch = read_batch(story.pk, begin, shown)

    assert b'"pinned":"' not in batch.events
    assert b'"pinned":"' in batch.after(between)


def test_the_parts_at_the_end_of_a_batch_are_what_the_next_differs_from(story, editor):
    begin = cursor_of(story)
    cast.publish(story, editor)
    batch = read_batch(story.pk, begin, read_parts(story.pk, "x-0"))
    assert b'"introduction":"' in batch.events  # nothing was known: all parts

    cast.publish(story, editor)
    following = read_batch(story.pk, Cursor(begin.epoch, batch.end), batch.parts)

    assert b'"latest":"' in following.events
    assert b'"introduction":"' not in following.events


def test_parts_of_a_story_that_moved_on_are_not_known(story, editor):
    before = cursor_of(story)
    cast.publish(story, editor)

    assert read_parts(story.pk, str(before)) is None


def test_a_long_story_from_its_start_is_no_matter_for_a_stream(story):
    Story.objects.filter(pk=story.pk).update(revision=600)
    from tests.queries.test_changes import seen

    seen(story, 599)

    assert read_batch(story.pk, Cursor.parse("0")).start is None
