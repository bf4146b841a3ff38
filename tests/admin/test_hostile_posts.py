"""What no form of ours would send: each raw request is answered, and harms nothing."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liveblog.models import Story, Update, Version
from tests import cast

from .forms import add_page, change_form, page_of, story_form, update_form

BUTTONS = ("_publish", "_draft", "_schedule", "_submit", "_edit", "_save", "_none")
ALSO = ("_schedule", "_none")  # beside `_publish`: the same form by another way out
VERBS = ("undo", "pin", "unpin", "retract", "restore")
PAGES = ("editing", "preview", "surfaces", "change", "delete", "history")


def verb(name, row):
    return reverse(f"admin:liveblog_{row._meta.model_name}_{name}", args=[row.pk])


def stand():
    """Everything that a refused request must leave as it is."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Story, Update)]
    return rows, Version.objects.count()


@pytest.mark.parametrize(
    "button", ["_publish", *(pytest.param(b, marks=pytest.mark.thorough) for b in ALSO)]
)
@pytest.mark.parametrize(
    "written",
    [
        {"headline": "x" * 3000},
        {"headline": "Null\0byte"},
        {"body": "<p>Null\0byte</p>"},
        {
            "headline": "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
            "body": "",
        },
        {"headline": "", "body": ""},
        {"headline": "", "body": "<p> </p><script>alert(1)</script>"},
        {"client_id": "not an id"},
        {"client_id": ""},
        {"made_from": "-1"},
        {"made_from": "9" * 40},
        {"made_from": "x"},
        {"story": "999999"},
        {"story": "9" * 40},
        {"story": "x"},
        {"verification": "maybe"},
        {"published_at": "2999-01-01T10:00"},
        {"published_at": "0000-99-99T99:99"},
        {"schedule_at": "2001-01-01T10:00"},
        {"schedule_at": "99999-01-01T10:00"},
        {"schedule_at": "9999-12-31T23:59"},
        {"schedule_at": "0001-01-01T00:00"},
        {"attributions-TOTAL_FORMS": "x"},
        {"attributions-TOTAL_FORMS": "99999999"},
        {
            "attributions-TOTAL_FORMS": 1,
            "attributions-0-source": "999999",
            "attributions-0-role": "quoted",
        },
        {
            "attributions-TOTAL_FORMS": 1,
            "attributions-0-source": "9" * 40,
            "attributions-0-role": "quoted",
        },
        {"pictures-TOTAL_FORMS": 1, "pictures-0-picture": str(uuid.UUID(int=7))},
        {"pictures-TOTAL_FORMS": 1, "pictures-0-picture": "\0"},
        {"bylines-TOTAL_FORMS": 1, "bylines-0-person": "-1"},
        {"body": f'<p><img data-picture="{uuid.UUID(int=7)}"></p>'},
    ],
    ids=lambda written: "-".join(f"{k}:{str(v)[:12]!r}" for k, v in written.items()),
)
def test_rubbish_in_the_composer_is_answered(editor, story, button, written):
    answer = editor.post(add_page("update"), update_form(story, **{button: ""}) | written)

    assert answer.status_code in {200, 302}
    assert not Update.objects.filter(number__isnull=False, headline="").exists()


@pytest.mark.parametrize("name", VERBS)
def test_verbs_want_the_forms_token(story, editor, name):
    update = cast.publish(story, editor.user)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    before = stand()

    answer = strict.post(verb(name, update), {"note": "No."})

    assert answer.status_code == 403
    assert stand() == before


@pytest.mark.parametrize(
    "name", [*VERBS, "editing", "preview", "surfaces", "change", "delete", "history"]
)
def test_unknown_update_is_not_found(editor, story, name):
    unknown = Update(pk=uuid.UUID(int=7), story=story)
    for answer in (
        editor.post(verb(name, unknown), {"post": "yes"}),
        editor.get(verb(name, unknown)),
    ):
        assert answer.status_code < 500
    assert not Update.objects.exists()


def test_an_update_of_another_story_is_not_taken_over(editor, story):
    theirs = cast.publish(story, editor.user)
    other = cast.make_live_story(editor.user, "Another story")
    before = stand()

    sent = update_form(other, client_id=str(theirs.pk), _publish="")
    answer = editor.post(add_page("update"), sent)

    assert answer.status_code == 200
    assert b"another story" in answer.content
    assert stand() == before


def test_reporter_publishes_by_no_button_and_touches_no_stranger(editor, reporter, story):
    theirs = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
    for button in BUTTONS:
        sent = change_form(theirs, headline="Mine now", pin="on", **{button: ""})
        reporter.post(page_of(theirs), sent)
        reporter.post(
            add_page("update"), update_form(story, client_id=str(theirs.pk), **{button: ""})
        )
        reporter.post(add_page("update"), update_form(story, pin="on", **{button: ""}))

    theirs.refresh_from_db()
    assert theirs.headline != "Mine now"
    waiting = {Update.Status.DRAFT, Update.Status.SUBMITTED}
    assert set(Update.objects.values_list("status", flat=True)) <= waiting


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧‍👦 🇺🇦 naïve", "خبر عاجل: أُغلق الجسر", "שלום \u202egnp.exe", "𝕳" * 50]
)
def test_every_script_is_kept_as_it_is(editor, story, text):
    editor.post(
        add_page("update"), update_form(story, headline=text, body=f"<p>{text}</p>", _publish="")
    )

    update = Update.objects.get()
    assert update.headline == text
    assert text in update.body


@pytest.mark.thorough
def test_five_megabytes_of_text_are_answered(editor, story):
    answer = editor.post(
        add_page("update"), update_form(story, body="<p>x</p>" * 650_000, _draft="")
    )

    assert answer.status_code < 500


@pytest.mark.thorough
@pytest.mark.parametrize(
    "written",
    [
        {"headline": "x" * 3000},
        {"headline": "Null\0byte"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"language": "xx-" * 30},
        {"slug": "../../x"},
        {"lead_picture": str(uuid.UUID(int=7))},
        {"lead_picture": "x"},
        {"made_from": "9" * 40},
        {"topics": ["9" * 40, "x"]},
        {"introduction": "\0<p>x</p>"},
    ],
    ids=lambda written: "-".join(f"{k}:{str(v)[:12]!r}" for k, v in written.items()),
)
def test_rubbish_in_a_story_is_answered(editor, story, written):
    for address in (add_page("story"), page_of(story)):
        answer = editor.post(address, story_form(_continue="", made_from=story.version) | written)
        assert answer.status_code in {200, 302}


@pytest.mark.parametrize("name", ["open", "end", "check", "withdraw"])
def test_story_verbs_take_rubbish(chief, story, name):
    sent = {"update": ["x", str(uuid.UUID(int=7)), "\0"], "note": "\0" + "x" * 5000}
    assert chief.post(verb(name, story), sent).status_code < 500


def test_rubbish_reasons_are_asked_again(editor, story):
    update = cast.publish(story, editor.user)
    for note in ("\0", "x" * 5000):
        answer = editor.post(verb("retract", update), {"note": note})
        assert answer.status_code == 200
    update.refresh_from_db()
    assert update.is_published


def test_scheduling_by_a_stale_form_keeps_both(editor, chief, story):
    update = cast.publishing.save_draft(
        cast.new_update(story), cast.content("First."), by=editor.user
    )
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    form = change_form(update, headline="Mine", schedule_at=tomorrow, _schedule="")
    cast.publishing.save_draft(update, cast.content("Theirs."), by=chief.user)

    answer = editor.post(page_of(update), form)

    update.refresh_from_db()
    assert (answer.status_code, update.headline, update.status) == (200, "Theirs", "draft")
    assert b"<ins>Mine" in answer.content


def test_search_for_a_picture_takes_rubbish(editor):
    address = reverse("admin:liveblog_picture_choices")
    assert editor.get(address, {"q": "\0bridge'\"%_"}).status_code == 200


def test_text_longer_than_anybody_writes_is_refused_by_its_length(editor, story):
    body = "<p>" + "word " * 20_000 + "</p>"

    page = editor.post(
        add_page("update"), update_form(story, body=body, _draft="")
    ).content.decode()

    assert "The text has 100006 characters, its markup included; the most is 100000." in page
    assert "word word" in page
    assert not Update.objects.exists()


def test_rubbish_in_a_field_that_searches_is_answered(editor):
    for model, field in (("update", "story"), ("updatebyline", "person"), ("picture", "credit")):
        asked = {"app_label": "liveblog", "model_name": model, "field_name": field, "term": "a\0b"}
        answer = editor.get("/admin/autocomplete/", asked)
        assert (answer.status_code, answer.json()["results"]) == (200, [])
