"""The verification of many updates is changed in one step: one revision a story."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liveblog import publishing
from liveblog.models import Story, Update, Version
from liveblog.queries.changes import Cursor, read_changes
from tests import cast

pytestmark = pytest.mark.django_db


def test_all_are_marked_with_one_revision_of_each_story(editor, story):
    efe = cast.make_source()
    cited = (publishing.Citation(efe),)
    other = cast.make_live_story(editor, "Another")
    ids = [cast.publish(each, editor, sources=cited).pk for each in (story, story, other)]
    before = {each.pk: cast.revision_of(each) for each in (story, other)}

    changed = publishing.verify(ids, by=editor, verification="false")

    assert changed == 3
    assert set(Update.objects.values_list("verification", flat=True)) == {"false"}
    assert {each.pk: cast.revision_of(each) for each in (story, other)} == {
        pk: revision + 1 for pk, revision in before.items()
    }
    kept = Version.objects.filter(verb="verify")
    assert {each.content["verification"] for each in kept} == {"false"}
    assert [publishing.read_update(each).sources for each in kept] == [cited] * 3


def test_open_pages_hear_of_each(editor, story):
    ids = [cast.publish(story, editor).pk for _ in range(3)]
    at = cast.revision_of(story)
    publishing.verify(ids, by=editor, verification="unconfirmed")

    story = Story.objects.with_parts().get(pk=story.pk)
    changes = read_changes(story, Cursor(story.epoch, at))

    assert {update.pk for update in changes.updates} == set(ids)
    assert {update.verification for update in changes.updates} == {"unconfirmed"}


def test_drafts_are_marked_without_a_revision(editor, story):
    draft = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)
    before = cast.revision_of(story)

    publishing.verify([draft.pk], by=editor, verification="false")

    draft.refresh_from_db()
    assert (draft.verification, draft.version) == ("false", 2)
    assert cast.revision_of(story) == before


def test_the_same_again_changes_nothing(editor, story):
    update = cast.publish(story, editor)
    publishing.verify([update.pk], by=editor, verification="false")

    assert publishing.verify([update.pk], by=editor, verification="false") == 0
    assert Version.objects.filter(verb="verify").count() == 1


def test_a_reporter_and_rubbish_are_refused(editor, story):
    update = cast.publish(story, editor)

    with pytest.raises(publishing.Refused):
        publishing.verify([update.pk], by=cast.make_reporter(), verification="false")
    with pytest.raises(publishing.Invalid):
        publishing.verify([update.pk], by=editor, verification="maybe")


def test_it_costs_the_same_queries_for_every_number(editor, story):
    def cost(number):
        ids = [cast.publish(story, editor).pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            publishing.verify(ids, by=editor, verification="false")
        return len(queries)

    assert cost(2) == cost(12)
