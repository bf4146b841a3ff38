"""What an editor holds: buttons and messages that name the state, send back, bulk retract."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liveblog import publishing
from liveblog.admin.takedown_check import public_addresses_of
from liveblog.models import Update
from tests import cast

from .forms import add_page, change_form, list_of, page_of, update_form


@pytest.fixture
def scheduled(editor, story):
    at = timezone.now().replace(hour=20, minute=20) + timedelta(days=2)
    update = cast.new_update(story)
    return publishing.schedule(update, by=editor.user, at=at, content=cast.content("Held."))


@pytest.fixture
def submitted(editor, reporter, story):
    update = publishing.save_draft(cast.new_update(story), cast.content("Mine."), by=reporter.user)
    return publishing.submit(update, by=reporter.user)


def labels(page):
    return [button.label for button in page.context["buttons"]]


def press(client, update, **written):
    return client.post(page_of(update), change_form(update, **written), follow=True)


def messages_on(page):
    return [str(message) for message in page.context["messages"]]


def test_scheduled_update_has_these_four_buttons(editor, scheduled):
    page = editor.get(page_of(scheduled))

    assert [label.partition(" for ")[0] for label in labels(page)] == [
        "Publish now",
        "Save (stays scheduled",
        "Unschedule",
        "Reschedule",
    ]
    assert labels(page)[1].endswith("20:20)")
    assert [each.name for each in page.context["buttons"] if each.is_primary] == ["_draft"]


def test_saving_a_scheduled_update_says_that_it_stays_scheduled(editor, scheduled):
    page = press(editor, scheduled, headline="Better", _draft="")

    assert "It stays scheduled for" in messages_on(page)[0]
    assert Update.objects.get().status == "scheduled"


def test_publish_is_held_where_the_newsroom_waits(editor, story, settings):
    settings.PUBLISH_DELAY = 60
    before = timezone.now()
    page = editor.post(
        f"{add_page('update')}?story={story.pk}&plain=1",
        update_form(story, _publish="", pin="on"),
        follow=True,
    )

    row = Update.objects.get()
    assert (row.status, row.is_pinned) == ("scheduled", False)
    assert 60 <= (row.scheduled_for - before).total_seconds() < 120
    assert messages_on(page)[0].startswith(f"It goes on air at {row.scheduled_for:%H:%M:%S} (UTC).")
    assert "Unschedule" in labels(page)
    assert page.request["QUERY_STRING"] == "plain=1"


def test_publish_now_of_a_scheduled_update_is_held_too(editor, scheduled, settings):
    settings.PUBLISH_DELAY = 60
    press(editor, scheduled, _publish="")

    row = Update.objects.get()
    assert row.status == "scheduled"
    assert row.scheduled_for < timezone.now() + timedelta(seconds=61)


def test_unscheduling_saves_the_text_and_says_draft(editor, scheduled):
    page = press(editor, scheduled, headline="Better", _unschedule="")

    row = Update.objects.get()
    assert (row.status, row.scheduled_for, row.headline) == ("draft", None, "Better")
    assert "it is a draft now" in messages_on(page)[0]
    assert labels(page) == ["Publish", "Save draft", "Schedule"]


def showing(words, update):
    """The public addresses of an update's story that show these words."""
    answers = {
        path: Client().get(path).content.decode(errors="replace")
        for path in public_addresses_of(update)
    }
    return [path for path, text in answers.items() if words in text]


def test_held_text_is_on_no_public_address_after_its_time(editor, story):
    beside = cast.publish(story, editor.user)
    at = timezone.now() + timedelta(milliseconds=300)
    update = cast.new_update(story)
    content = cast.content("These words are held back by their editor.")
    update = publishing.schedule(update, by=editor.user, at=at, content=content)
    press(editor, update, _unschedule="")
    publishing.end_story(story, by=editor.user)
    editor.post(reverse("admin:liveblog_story_open", args=[story.pk]))
    while timezone.now() < at:
        publishing.publish_due()

    assert publishing.publish_due() == []
    assert showing("held back by their editor", beside) == []
    publishing.publish(update, by=editor.user)
    assert showing("held back by their editor", beside) != []


def test_rescheduling_moves_it_and_names_another_year(editor, scheduled):
    page = press(editor, scheduled, _schedule="", schedule_at="2099-07-01T10:30")

    assert messages_on(page) == ["Scheduled for 1 Jul 2099, 10:30 (UTC)."]

    assert Update.objects.get().scheduled_for.isoformat() == "2099-07-01T10:30:00+00:00"


def test_scheduled_update_of_a_withdrawn_story_can_still_be_held(editor, chief, scheduled):
    publishing.withdraw_story(scheduled.story, by=chief.user)

    page = editor.get(page_of(scheduled))

    assert [label.partition(" for ")[0] for label in labels(page)] == [
        "Save (stays scheduled",
        "Unschedule",
    ]


def test_submitted_update_stays_submitted_when_it_is_saved(editor, reporter, submitted):
    assert labels(reporter.get(page_of(submitted))) == ["Save (stays submitted)"]

    page = press(editor, submitted, headline="Better", _draft="")

    assert messages_on(page) == ["Saved. It stays submitted."]
    assert Update.objects.get().status == "submitted"


def test_sending_back_tells_the_writer(editor, reporter, submitted):
    page = press(editor, submitted, headline="Shorter", _send_back="", send_back_note="Who?")
    assert "it is a draft again" in messages_on(page)[0]

    shown = reporter.get(page_of(submitted)).content.decode()
    listed = reporter.get(list_of("update"), {"sent_back": "me"}).content.decode()

    row = Update.objects.get()
    assert (row.status, row.headline, row.sent_back_note) == ("draft", "Shorter", "Who?")
    assert "By edith, " in shown
    assert "<p>Who?</p>" in shown
    assert "sent back: Who?" in listed
    assert "Who?" not in editor.get(list_of("update"), {"sent_back": "me"}).content.decode()


def test_sending_back_wants_a_note(editor, submitted):
    page = press(editor, submitted, headline="Shorter", _send_back="", send_back_note=" ")

    assert list(page.context["adminform"].form.errors) == ["send_back_note"]
    assert Update.objects.get().status == "submitted"


def chosen(*updates, **more):
    ids = [str(each.pk) for each in updates]
    return {"action": "retract_selected", "_selected_action": ids, **more}


def test_list_retracts_with_one_note_and_deletes_nothing(editor, story, scheduled):
    published = [cast.publish(story, editor.user) for _ in range(2)]
    everything = [*published, scheduled]

    asked = editor.post(list_of("update"), chosen(*everything))
    assert "1 of the selected updates is not published" in asked.content.decode()
    again = editor.post(list_of("update"), chosen(*everything, note=" "))
    assert again.context["form"].errors
    page = editor.post(list_of("update"), chosen(*everything, note="Wrong bridge."), follow=True)

    assert messages_on(page) == ["2 updates are retracted. Open pages drop them within seconds."]
    notes = Update.objects.filter(status="retracted").values_list("retraction_note", flat=True)
    assert list(notes) == ["Wrong bridge."] * 2
    deleting = {"action": "delete_selected", "_selected_action": [str(scheduled.pk)], "post": "yes"}
    editor.post(list_of("update"), deleting)
    assert Update.objects.filter(pk=scheduled.pk).exists()


def test_list_retracts_no_more_than_it_can_name(editor, story, monkeypatch):
    monkeypatch.setattr("liveblog.admin.bulk_retract.MOST", 1)
    published = [cast.publish(story, editor.user) for _ in range(2)]

    page = editor.post(list_of("update"), chosen(*published, note="Wrong."), follow=True)

    assert messages_on(page) == ["At most 1 at once: filter the list. Nothing was changed."]
    assert set(story.updates.values_list("status", flat=True)) == {"published"}


def test_list_leads_to_the_desk(editor, story):
    update = cast.publish(story, editor.user)

    page = editor.get(list_of("update")).content.decode()

    assert f'href="{reverse("desk:page", args=[story.pk])}?edit={update.pk}"' in page


def test_reporter_is_offered_no_bulk_action(reporter, editor, story):
    update = cast.publish(story, editor.user)

    reporter.post(list_of("update"), chosen(update, note="No."))

    assert Update.objects.get().status == "published"
    assert "retract_selected" not in reporter.get(list_of("update")).content.decode()


def test_reason_for_withdrawing_a_story_is_not_cut(chief, story):
    address = reverse("admin:liveblog_story_withdraw", args=[story.pk])

    page = chief.post(address, {"note": "x" * 1001})

    assert page.context["form"]["note"].value() == "x" * 1001
    story.refresh_from_db()
    assert story.status == "live"
