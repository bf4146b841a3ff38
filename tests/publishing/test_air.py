"""Verbs on updates that readers see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Correction, Story, Update, Version
from liveblog.publishing import Citation, Conflict, Invalid, Refused
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor)


def revision_of(story):
    return Story.objects.get(pk=story.pk).revision


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


def test_publish_refuses_a_withdrawn_update(story, editor):
    update = cast.publish(story, editor)
    publishing.retract(update, by=editor, note="Wrong.")

    with pytest.raises(Refused, match="withdrawn"):
        publishing.publish(update, by=editor, content=cast.content())


def test_edit_of_a_typo_moves_no_date(story, editor):
    update = cast.publish(story, editor, "Helo.")
    before = Story.objects.get(pk=story.pk)

    edited = publishing.edit(update, cast.content("Helo!", headline="Helo"), by=editor, kind="typo")

    after = Story.objects.get(pk=story.pk)
    assert edited.revision == after.revision == before.revision + 1
    assert edited.edited_at is None
    assert after.last_updated_at == before.last_updated_at
    assert after.changed_revision == before.changed_revision
    assert edited.number == update.number


def test_edit_of_added_information_says_when(story, editor):
    update = cast.publish(story, editor, "One.")

    edited = publishing.edit(update, cast.content("One, two."), by=editor, kind="information")

    assert edited.edited_at == Story.objects.get(pk=story.pk).last_updated_at
    assert Story.objects.get(pk=story.pk).changed_revision == edited.revision


def test_correct_needs_a_note_and_keeps_it(story, editor):
    update = cast.publish(story, editor, "Ten dead.")
    with pytest.raises(Invalid):
        publishing.correct(update, cast.content("Nine dead."), by=editor, note=" ")

    for _retry in range(2):
        publishing.correct(update, cast.content("Nine dead."), by=editor, note="It said ten.")

    correction = Correction.objects.get()
    assert (correction.kind, correction.note) == ("correction", "It said ten.")
    assert Update.objects.get().kind == "correction"


def test_edit_from_an_older_version_conflicts(story, editor):
    update = cast.publish(story, editor, "One.")
    publishing.edit(update, cast.content("Mine."), by=editor, kind="typo", version=1)

    with pytest.raises(Conflict) as conflict:
        publishing.edit(update, cast.content("Theirs."), by=editor, kind="typo", version=1)

    assert conflict.value.current.headline == "Mine"
    again = publishing.edit(update, cast.content("Mine."), by=editor, kind="typo", version=1)
    assert again.version == 2


def test_retract_is_told_and_restored_at_its_place(story, editor):
    update = cast.publish(story, editor)

    retracted = publishing.retract(update, by=editor, note="Not confirmed.")
    assert (retracted.status, retracted.revision) == ("retracted", 3)
    assert retracted.retraction_note == "Not confirmed."
    restored = publishing.restore(update, by=editor)

    assert (restored.status, restored.revision, restored.number) == ("published", 4, 2)
    assert restored.published_at == update.published_at


def test_retract_needs_a_note_or_no_trace(story, editor):
    update = cast.publish(story, editor)
    with pytest.raises(Invalid):
        publishing.retract(update, by=editor)

    assert publishing.retract(update, by=editor, without_trace=True).retraction_note == ""


def test_undo_makes_a_draft_of_it(story, editor, time_machine):
    update = cast.publish(story, editor)

    undone = publishing.undo(update, by=editor)

    assert (undone.status, undone.revision, undone.number) == ("draft", 3, 2)
    assert publishing.publish(update, by=editor).number == 2


def test_undo_is_refused_after_half_a_minute(story, editor, time_machine):
    time_machine.move_to("2026-11-01T10:00:00Z", tick=False)
    update = cast.publish(story, editor)
    time_machine.move_to("2026-11-01T10:00:31Z", tick=False)

    with pytest.raises(Refused, match="Too late"):
        publishing.undo(update, by=editor)


def test_pin_takes_over(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)

    publishing.pin(second, by=editor)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_pinned, second.is_pinned) == (False, True)
    assert first.revision == second.revision == revision_of(story)


def test_undo_gives_the_pin_back(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)
    publishing.pin(second, by=editor)

    publishing.undo(second, by=editor)

    first.refresh_from_db()
    assert (first.is_pinned, first.revision) == (True, revision_of(story))
    assert not Update.objects.get(pk=second.pk).is_pinned


def test_undo_of_what_was_not_pinned_leaves_the_pin(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)

    publishing.undo(second, by=editor)

    assert [each.pk for each in Update.objects.pinned()] == [first.pk]


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


def test_a_typo_shows_wherever_the_text_stands(story, editor):
    plain = cast.publish(story, editor, "Plain.")
    pinned = publishing.pin(cast.publish(story, editor, "Pinned."), by=editor)
    untitled = cast.publish(story, editor, "Untitled.", headline="")

    def changes_the_page_beside_the_list(update, headline):
        edited = publishing.edit(
            update, cast.content("Other words.", headline=headline), by=editor, kind="typo"
        )
        return Story.objects.get(pk=story.pk).changed_revision == edited.revision

    assert not changes_the_page_beside_the_list(plain, "Plain")
    assert changes_the_page_beside_the_list(pinned, "Pinned")
    assert changes_the_page_beside_the_list(untitled, "")
