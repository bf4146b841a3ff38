"""Edits of published updates, and which of them readers see marked."""

import pytest

from liveblog import publishing
from liveblog.models import Correction, Story, Update
from liveblog.publishing import Conflict, Invalid
from tests import cast

pytestmark = pytest.mark.django_db


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
