"""Publishing updates, by hand and when they are due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Update, Version
from liveblog.publishing import Citation, Conflict, Invalid, Refused
from tests import cast
from tests.cast import revision_of

pytestmark = pytest.mark.django_db


def test_publish_takes_the_next_revision(story, editor):
    first = cast.publish(story, editor)
    second = cast.publish(story, editor)

    assert (first.number, first.revision) == (2, 2)  # opening the story took the first
    assert (second.number, second.revision) == (3, 3)
    assert revision_of(story) == 3


def test_publish_keeps_sources_and_history(story, editor):
    efe = cast.make_source("Efe")

    update = cast.publish(story, editor, "Trains stop.", sources=(Citation(efe),))

    assert [each.source for each in update.attributions.all()] == [efe]
    version = update.versions.get()
    assert (version.verb, version.by, version.revision) == ("publish", editor, 2)
    assert version.content["sources"] == [
        {"id": efe.pk, "name": "Efe", "role": "reported_by", "url": ""}
    ]


def test_publish_again_gives_the_first_answer(story, editor):
    update, text = cast.new_update(story), cast.content("Once.")
    first = publishing.publish(update, by=editor, content=text)

    second = publishing.publish(update, by=editor, content=text)

    assert (second.pk, second.revision) == (first.pk, first.revision)
    assert revision_of(story) == 2
    assert Version.objects.filter(update=first).count() == 1


def test_publish_again_with_other_text_conflicts(story, editor):
    update = cast.new_update(story)
    publishing.publish(update, by=editor, content=cast.content("One."))

    with pytest.raises(Conflict) as conflict:
        publishing.publish(update, by=editor, content=cast.content("Two."))

    assert conflict.value.current.headline == "One"
    assert conflict.value.attempted.headline == "Two"


def test_publish_into_another_story_conflicts(story, editor):
    other = cast.make_live_story(editor, "Another story")
    update = cast.publish(story, editor)

    with pytest.raises(Conflict):
        publishing.publish(Update(id=update.pk, story=other), by=editor, content=cast.content())


def test_publish_needs_an_open_story(editor):
    draft = cast.make_story(editor)

    with pytest.raises(Refused, match="not open"):
        cast.publish(draft, editor)

    assert Update.objects.count() == 0


def test_publish_refuses_the_future(story, editor):
    with pytest.raises(Invalid) as invalid:
        cast.publish(story, editor, published_at=timezone.now() + timedelta(minutes=1))

    assert list(invalid.value.errors) == ["published_at"]


def test_publish_cleans_the_text(story, editor):
    update = cast.publish(story, editor, body="<p onclick=x>a<script>b</script></p>")

    assert Update.objects.get(pk=update.pk).body == "<p>a</p>"


def test_publish_refuses_a_retracted_update(story, editor):
    update = cast.publish(story, editor)
    publishing.retract(update, by=editor, note="Wrong.")

    with pytest.raises(Refused, match="retracted"):
        publishing.publish(update, by=editor, content=cast.content())


def test_publish_due_publishes_once_and_not_early(story, editor, time_machine):
    update = cast.new_update(story)
    at = timezone.now() + timedelta(hours=1)
    publishing.schedule(update, by=editor, at=at, content=cast.content())
    assert publishing.publish_due() == []
    Update.objects.filter(pk=update.pk).update(scheduled_for=timezone.now() - timedelta(seconds=1))

    assert [each.pk for each in publishing.publish_due()] == [update.pk]
    assert publishing.publish_due() == []
    assert Update.objects.get(pk=update.pk).status == "published"


@pytest.mark.parametrize("known", [0, 500])
def test_publish_costs_the_same_whatever_the_size(
    story, editor, django_assert_max_num_queries, known
):
    now = timezone.now()
    Update.objects.bulk_create(
        Update(story=story, status="published", published_at=now, number=1, revision=1)
        for _ in range(known)
    )
    text = cast.content(sources=(Citation(cast.make_source()),))

    with django_assert_max_num_queries(10):
        publishing.publish(cast.new_update(story), by=editor, content=text)
