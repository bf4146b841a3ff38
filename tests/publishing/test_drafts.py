"""Verbs on updates that readers don't see yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Picture, Story, Update, Version
from liveblog.publishing import Conflict, Invalid, Refused, StoryContent, UpdateContent
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return cast.make_reporter()


def draft(story, by, text="Draft."):
    return publishing.save_draft(cast.new_update(story), cast.content(text), by=by)


def test_save_draft_takes_no_revision(story, reporter):
    update = draft(story, reporter)

    assert (update.status, update.revision, update.version) == ("draft", None, 1)
    assert Story.objects.get().revision == 1
    assert update.created_by == reporter


def test_save_draft_again_is_the_first_answer(story, reporter):
    update = draft(story, reporter)

    again = publishing.save_draft(update, cast.content("Draft."), by=reporter, version=1)

    assert again.version == 1
    assert Version.objects.filter(update=update).count() == 1


def test_save_draft_from_an_older_version_conflicts(story, reporter):
    update = draft(story, reporter)
    publishing.save_draft(update, cast.content("Mine."), by=reporter, version=1)

    with pytest.raises(Conflict) as conflict:
        publishing.save_draft(update, cast.content("Theirs."), by=reporter, version=1)

    assert (conflict.value.current.headline, conflict.value.attempted.headline) == (
        "Mine",
        "Theirs",
    )


def test_save_draft_of_what_was_published_meanwhile_conflicts(story, reporter, editor):
    update = draft(story, reporter)
    publishing.publish(update, by=editor)

    with pytest.raises(Conflict):
        publishing.save_draft(update, cast.content("More."), by=reporter, version=1)


def test_save_draft_of_nothing_is_invalid(story, reporter):
    with pytest.raises(Invalid):
        publishing.save_draft(cast.new_update(story), publishing.UpdateContent(), by=reporter)


def test_a_note_that_comes_after_the_send_back_is_kept(story, reporter, editor):
    update = publishing.submit(cast.new_update(story), content=cast.content(), by=reporter)
    publishing.send_back(update, by=editor)

    later = publishing.send_back(update, by=editor, note="Who says so?")

    assert later.sent_back_note == "Who says so?"
    assert publishing.send_back(update, by=editor).sent_back_note == "Who says so?"


def test_submit_and_send_back(story, reporter, editor):
    update = draft(story, reporter)

    assert publishing.submit(update, by=reporter).status == "submitted"
    back = publishing.send_back(update, by=editor, note="Who says so?")

    assert back.status == "draft"
    assert Version.objects.first().note == "Who says so?"


def test_reporter_writes_own_drafts_only(story, reporter, editor):
    with pytest.raises(Refused):
        publishing.save_draft(draft(story, editor), cast.content("x"), by=reporter)
    with pytest.raises(Refused):
        publishing.publish(draft(story, reporter), by=reporter)
    with pytest.raises(Refused):
        publishing.delete_draft(draft(story, editor), by=reporter)


def test_reporter_writes_in_stories_of_their_team(story, reporter, editor):
    publishing.set_team(story, [cast.make_reporter("rita")], by=cast.make_chief())
    with pytest.raises(Refused):
        draft(Story.objects.get(), reporter)

    publishing.set_team(story, [reporter], by=cast.make_chief("chen"))

    assert draft(Story.objects.get(), reporter).status == "draft"


def test_schedule_needs_a_moment_to_come(story, editor):
    update = draft(story, editor)
    with pytest.raises(Invalid):
        publishing.schedule(update, by=editor, at=timezone.now())

    at = timezone.now() + timedelta(hours=1)
    scheduled = publishing.schedule(update, by=editor, at=at)

    assert (scheduled.status, scheduled.scheduled_for) == ("scheduled", at)
    assert publishing.send_back(update, by=editor).scheduled_for is None


def test_deleted_drafts_come_back(story, editor):
    update = draft(story, editor, "Precious.")

    publishing.delete_draft(update, by=editor)
    assert Update.objects.count() == 0
    version = Version.objects.get(update_id_was=update.pk, verb="delete_draft")
    revived = publishing.revive(version, by=editor)

    assert (revived.pk, revived.headline, revived.body) == (
        update.pk,
        "Precious",
        "<p>Precious.</p>",
    )
    assert revived.versions.count() == 3


def test_a_deleted_draft_comes_back_with_its_picture(story, editor):
    picture = Picture.objects.create(alt="A bridge")
    content = cast.content(pictures=(picture.pk,))
    update = publishing.save_draft(cast.new_update(story), content, by=editor)
    publishing.delete_draft(update, by=editor)

    revived = publishing.revive(Version.objects.filter(update_id_was=update.pk)[0], by=editor)

    assert [each.picture for each in revived.pictures.all()] == [picture]


def test_delete_refuses_what_readers_saw(story, editor):
    update = cast.publish(story, editor)

    with pytest.raises(Refused):
        publishing.delete_draft(update, by=editor)
    publishing.undo(update, by=editor)
    with pytest.raises(Refused):
        publishing.delete_draft(update, by=editor)


def test_a_draft_comes_back_to_its_writer(story, reporter, editor):
    update = draft(story, reporter)
    publishing.delete_draft(update, by=reporter)
    version = Version.objects.filter(update_id_was=update.pk).first()

    with pytest.raises(Refused):
        publishing.revive(version, by=cast.make_reporter("rita"))

    assert publishing.revive(version, by=editor).created_by == reporter


@pytest.mark.parametrize("content", [UpdateContent, StoryContent])
def test_text_too_long_to_look_at_is_refused_unread(content):
    field = "body" if content is UpdateContent else "summary"

    with pytest.raises(Invalid) as refusal:
        content(**{field: "<b>" * 200_000})

    assert "600000 characters" in refusal.value.errors[field][0]
