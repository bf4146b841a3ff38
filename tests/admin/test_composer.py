"""The composer's server side: scheduling, undo, one-click verbs, conflicts, who else is there."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liveblog.editing import presence
from liveblog.models import Update
from tests import cast

from .conftest import _sign_in
from .forms import add_page, change_form, list_of, page_of, update_form

BY_SCRIPT = {"headers": {"X-Form-Script": "1"}}


def verb(name, update):
    return reverse(f"admin:liveblog_update_{name}", args=[update.pk])


def draft_of(story, by, text="First words."):
    update = cast.publishing.save_draft(cast.new_update(story), cast.content(text), by=by)
    update.refresh_from_db()
    return update


# -- after publishing


def test_composer_after_publishing_is_empty_and_offers_undo(editor, story):
    answer = editor.post(add_page("update"), update_form(story, _publish=""))
    update = Update.objects.get()

    page = editor.get(answer.url)

    form = page.context["adminform"].form
    assert form["headline"].value() is None
    assert str(form.initial["client_id"]) != str(update.pk)
    assert verb("undo", update) in page.content.decode()


def test_script_is_told_where_to_go(editor, story):
    answer = editor.post(add_page("update"), update_form(story, _publish=""), **BY_SCRIPT)

    update = Update.objects.get()
    address = f"{add_page('update')}?story={story.pk}&published={update.pk}"
    assert answer.json() == {"next": address, "version": 1}


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000000", ""])
def test_unknown_publication_in_the_address_is_ignored(editor, story, asked):
    page = editor.get(f"{add_page('update')}?story={story.pk}&published={asked}")

    assert page.context["published"] in (None, "")


def test_undo_makes_a_draft_of_it_again(editor, story):
    update = cast.publish(story, editor.user)

    answer = editor.post(verb("undo", update))

    update.refresh_from_db()
    assert update.status == "draft"
    assert answer.url == page_of(update)


def test_undo_too_late_says_so(editor, story, monkeypatch):
    update = cast.publish(story, editor.user)
    monkeypatch.setattr("liveblog.publishing.retraction.UNDO_WITHIN", timedelta(0))

    page = editor.post(verb("undo", update), follow=True)

    update.refresh_from_db()
    assert update.status == "published"
    assert "Too late to undo" in page.content.decode()


# -- one click


def test_a_published_update_is_pinned_and_unpinned_on_its_page(editor, story):
    update = cast.publish(story, editor.user)
    assert verb("pin", update) in editor.get(page_of(update)).content.decode()

    page = editor.post(verb("pin", update), follow=True)

    update.refresh_from_db()
    assert update.is_pinned
    assert page.redirect_chain == [(page_of(update), 302)]
    assert verb("unpin", update) in page.content.decode()


@pytest.mark.parametrize("name", ["undo", "pin", "unpin"])
def test_verbs_are_editors_and_are_posted(editor, reporter, story, name):
    update = cast.publish(story, editor.user)

    reporter.post(verb(name, update), {"note": "No."})
    update.refresh_from_db()
    assert (update.status, update.is_pinned) == ("published", False)

    assert editor.get(verb(name, update)).status_code == 405


# -- scheduling


@pytest.fixture
def madrid(editor):
    return cast.make_live_story(editor.user, "In Madrid", timezone="Europe/Madrid")


def test_schedule_goes_by_the_storys_zone(editor, madrid):
    form = update_form(madrid, _schedule="", schedule_at="2099-07-01T10:30")

    editor.post(add_page("update"), form)

    update = Update.objects.get()
    assert update.status == "scheduled"
    assert update.scheduled_for.isoformat() == "2099-07-01T08:30:00+00:00"
    page = editor.get(page_of(update))
    assert page.context["adminform"].form["schedule_at"].value() == "2099-07-01 10:30"
    assert "Europe/Madrid" in page.content.decode()


def test_clock_is_a_text_of_24_hours_that_starts_soon(editor, madrid, settings):
    page = editor.get(f"{add_page('update')}?story={madrid.pk}")
    field = page.context["adminform"].form["schedule_at"]

    start = datetime.fromisoformat(field.value()).replace(tzinfo=madrid.zone)
    assert timedelta(minutes=4) < start - timezone.now() <= timedelta(minutes=20)
    assert 'type="text"' in str(field)
    assert "datetime-local" not in page.text


@pytest.mark.parametrize("at", ["2099-07-01 9:05", "2099-07-01 09.05", "209907010905"])
def test_clock_takes_what_hurried_people_type(editor, madrid, at):
    editor.post(add_page("update"), update_form(madrid, _schedule="", schedule_at=at))

    assert Update.objects.get().scheduled_for.isoformat() == "2099-07-01T07:05:00+00:00"


@pytest.mark.parametrize(
    "at", ["8:20 pm", "2099-07-01 8:20 PM", "2099-07-01 24:00", "0001-01-01 00:00"]
)
def test_clock_refuses_other_clocks_with_an_example(editor, madrid, at):
    page = editor.post(add_page("update"), update_form(madrid, _schedule="", schedule_at=at))

    said = page.context["adminform"].form.errors["schedule_at"]
    assert said == ["Enter a day and a time by the 24-hour clock, as 2026-11-28 20:20."]


@pytest.mark.parametrize("at", ["", "soon", "2001-01-01T10:00", "2099-03-29T02:30"])
def test_schedule_at_no_such_moment_keeps_the_text(editor, madrid, at):
    page = editor.post(add_page("update"), update_form(madrid, _schedule="", schedule_at=at))

    assert not Update.objects.exists()
    assert "Traffic flows again." in page.content.decode()
    assert page.context["adminform"].form.errors


def test_reporter_can_not_schedule(reporter, story):
    page = reporter.get(f"{add_page('update')}?story={story.pk}").content.decode()
    form = update_form(story, _schedule="", schedule_at="2099-07-01T10:30")
    reporter.post(add_page("update"), form)

    assert 'name="_schedule"' not in page
    assert not Update.objects.exists()


def test_overdue_update_is_seen_in_the_list(editor, story):
    soon = timezone.now() + timedelta(minutes=5)
    update = cast.new_update(story)
    cast.publishing.schedule(update, by=editor.user, at=soon, content=cast.content())
    assert "overdue" not in editor.get(list_of("update")).content.decode()

    Update.objects.update(scheduled_for=timezone.now() - timedelta(minutes=5))

    assert ", overdue" in editor.get(list_of("update")).content.decode()
    assert ", overdue" in editor.get(page_of(update)).content.decode()


# -- two editors


def test_conflict_marks_words_and_names_the_other(editor, chief, story):
    update = draft_of(story, editor.user, "The bridge is closed.")
    form = change_form(update, body="<p>The bridge is open.</p>", _draft="")
    theirs = cast.content("The bridge is blown up.")
    cast.publishing.save_draft(update, theirs, by=chief.user)

    page = editor.post(page_of(update), form)

    html = page.content.decode()
    assert "Draft saved by chiara" in html
    assert "<del>blown up</del>" in html
    assert "<ins>open</ins>" in html
    assert page.context["adminform"].form["body"].value() == "<p>The bridge is open.</p>"


def test_keeping_mine_after_a_conflict_saves_it(editor, chief, story):
    update = draft_of(story, editor.user)
    form = change_form(update, body="<p>Mine.</p>", _draft="")
    cast.publishing.save_draft(update, cast.content("Theirs."), by=chief.user)
    shown = editor.post(page_of(update), form).context["adminform"].form

    editor.post(page_of(update), form | {"made_from": shown["made_from"].value()})

    update.refresh_from_db()
    assert update.body == "<p>Mine.</p>"


def test_publication_meets_an_open_draft_form(editor, chief, story):
    update = draft_of(story, editor.user)
    form = change_form(update, body="<p>Mine.</p>", _draft="")
    cast.publishing.publish(update, by=chief.user)

    page = editor.post(page_of(update), form)

    html = page.content.decode()
    assert "Published by chiara" in html
    assert "<ins>Mine" in html
    assert "<del>First words</del>." in html
    update.refresh_from_db()
    assert update.body == "<p>First words.</p>"


def test_conflict_shows_every_part_that_differs_and_keeps_what_was_written(editor, chief, story):
    theirs, mine = cast.make_source("Efe"), cast.make_source("Reuters")
    update = draft_of(story, editor.user, "Same words.")
    rows = {
        "attributions-TOTAL_FORMS": 1,
        "attributions-0-source": mine.pk,
        "attributions-0-role": "quoted",
    }
    form = change_form(update, **rows, verification="unconfirmed", is_key_event="on", _draft="")
    saved = cast.content("Same words.", sources=(cast.publishing.Citation(theirs),))
    cast.publishing.save_draft(update, saved, by=chief.user)

    page = editor.post(page_of(update), form)

    labels = [str(each.label) for each in page.context["conflict"].differences]
    assert sorted(labels) == ["key event", "sources", "verification"]
    html = page.content.decode()
    assert "Efe" in html
    assert "<ins>Reuters" in html
    kept = editor.post(
        page_of(update), form | {"made_from": page.context["adminform"].form["made_from"].value()}
    )
    assert kept.status_code == 302
    update.refresh_from_db()
    assert (update.is_key_event, update.verification) == (True, "unconfirmed")
    assert [each.source for each in update.attributions.all()] == [mine]


# -- who else is there


@pytest.fixture(autouse=True)
def nobody_is_editing():
    presence._editing.clear()


def test_editors_of_one_update_see_each_other(editor, chief, story):
    update = draft_of(story, editor.user)

    answers = [client.get(verb("editing", update)).json() for client in (editor, chief, editor)]

    assert [answer["others"] for answer in answers] == [[], ["edith"], ["chiara"]]
    assert answers[0]["person"] == editor.user.pk


def test_who_left_is_forgotten(editor, chief, story, monkeypatch):
    update = draft_of(story, editor.user)
    editor.get(verb("editing", update))
    monkeypatch.setattr(presence, "GONE_AFTER", 0)

    assert chief.get(verb("editing", update)).json()["others"] == []


def test_editors_of_one_story_see_each_other(editor, chief, reporter, story):
    address = reverse("admin:liveblog_story_editing", args=[story.pk])

    answers = [client.get(address).json() for client in (editor, chief, reporter, editor)]

    assert [answer["others"] for answer in answers] == [[], ["edith"], [], ["chiara"]]


def test_editor_with_unsaved_words_stays_named_while_hidden(editor, chief, story, monkeypatch):
    update = draft_of(story, editor.user)
    editor.get(verb("editing", update), {"unsaved": "1"})
    monkeypatch.setattr(presence, "GONE_AFTER", 0)

    assert chief.get(verb("editing", update)).json()["others"] == ["edith"]


def test_who_closed_the_form_is_no_longer_named(editor, chief, story):
    update = draft_of(story, editor.user)
    editor.get(verb("editing", update), {"unsaved": "1"})
    editor.get(verb("editing", update), {"left": "1"})

    assert chief.get(verb("editing", update)).json()["others"] == []


def test_script_that_is_signed_out_is_told_so(editor, story):
    form = update_form(story, _publish="")
    editor.logout()

    answer = editor.post(add_page("update"), form, **BY_SCRIPT)

    assert (answer.status_code, answer.json()) == (401, {"isSignedOut": True})
    assert not Update.objects.exists()


def test_heartbeat_writes_nothing(editor, story):
    update = draft_of(story, editor.user)
    editor.get(verb("editing", update))

    with CaptureQueriesContext(connection) as queries:
        editor.get(verb("editing", update))

    written = [each["sql"] for each in queries if not each["sql"].startswith("SELECT")]
    assert written == []


def test_heartbeat_tells_a_stranger_nothing(editor, reporter, story):
    update = draft_of(story, editor.user)
    editor.get(verb("editing", update))

    assert reporter.get(verb("editing", update)).json()["others"] == []
    assert _sign_in(cast.make_user("sam")).get(verb("editing", update)).status_code == 403


# -- the pin


def test_publishing_with_the_pin_takes_it_over(editor, story):
    before = cast.publish(story, editor.user)
    cast.publishing.pin(before, by=editor.user)

    editor.post(add_page("update"), update_form(story, pin="on", _publish=""))

    assert [each.headline for each in story.updates.pinned()] == ["Police open the bridge"]


def test_scheduled_update_with_a_pin_is_asked_about(editor, story):
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    form = update_form(story, pin="on", schedule_at=tomorrow, _schedule="")

    page = editor.post(add_page("update"), form)

    assert list(page.context["adminform"].form.errors) == ["pin"]
    assert not Update.objects.exists()


def test_composer_asks_for_headline_text_and_sources_and_folds_the_rest(editor, story):
    page = editor.get(f"{add_page('update')}?story={story.pk}").content.decode()

    asked, _tag, folded = page.partition("<details")
    names = ("headline", "body", "attributions-0-source")
    places = [asked.find(f'name="{name}"') for name in names]
    assert places == sorted(places)
    assert places[0] > 0
    for name in ("bylines-0-person", "is_key_event", "pin", "verification", "pictures-0-picture"):
        assert f'name="{name}"' in folded


def test_no_button_is_a_bare_save(editor, story):
    source = cast.make_source()
    for address in (page_of(source), page_of(story), add_page("source"), add_page("update")):
        assert 'value="Save"' not in editor.get(address).content.decode()


# -- without scripts


def test_composer_without_scripts_has_whole_lists(editor, story):
    source = cast.make_source("Efe")
    empty = editor.get(add_page("update"), {"story": story.pk}).content.decode()
    plain = {"story": story.pk, "plain": 1}
    page = editor.get(add_page("update"), plain).content.decode()
    cited = {f"attributions-{row}-role": "reported_by" for row in range(3)}
    cited |= {"attributions-TOTAL_FORMS": 3, "attributions-1-source": source.pk}

    form = update_form(story, _publish="", **cited)
    answer = editor.post(f"{add_page('update')}?story={story.pk}&plain=1", form)

    option = f'<option value="{source.pk}">Efe</option>'
    assert option not in empty
    assert f"?story={story.pk}&amp;plain=1" in empty
    assert page.count(option) == 4  # three rows, and the one that scripts copy
    assert answer.url.endswith("&plain=1")
    assert Update.objects.get().attributions.get().source == source
