"""Writing updates in the admin."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from liveblog.models import Correction, Person, Picture, Story, Update, Version
from liveblog.richtext import clean
from tests import cast

from .forms import add_page, change_form, list_of, page_of, update_form

HOSTILE = (
    '<p onclick="evil()">Words<script>evil()</script>'
    '<img src=x onerror=evil()></p><p><a href="javascript:evil()">link</a></p>'
    "<iframe src=//evil.example></iframe><svg onload=evil()>"
)


def test_publish_button_publishes(editor, story):
    answer = editor.post(add_page("update"), update_form(story, _publish=""))

    update = Update.objects.get()
    assert (update.status, update.body) == ("published", "<p>Traffic flows again.</p>")
    assert answer.url == f"{add_page('update')}?story={story.pk}&published={update.pk}"


def test_draft_button_keeps_a_draft(editor, story):
    editor.post(add_page("update"), update_form(story, _draft=""))

    assert Update.objects.get().status == "draft"


def test_form_without_a_button_never_publishes(editor, story):
    editor.post(add_page("update"), update_form(story))

    assert Update.objects.get().status == "draft"


def test_same_form_twice_makes_one_update(editor, story):
    form = update_form(story, _publish="")

    answers = [editor.post(add_page("update"), form) for _ in range(2)]

    assert Update.objects.count() == 1
    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize("button", ["_publish", "_draft", "_edit", "_continue"])
def test_hostile_text_is_never_stored(editor, story, button):
    editor.post(add_page("update"), update_form(story, body=HOSTILE, **{button: ""}))

    update = Update.objects.get()
    assert update.body == clean(HOSTILE) == "<p>Words</p><p>link</p>"
    assert "evil" not in str(Version.objects.values_list("content", flat=True))


def test_hostile_text_of_a_refused_form_is_cleaned(editor, story):
    answer = editor.post(add_page("update"), update_form(story, body=HOSTILE, client_id="none"))

    assert not Update.objects.exists()
    assert "evil" not in answer.content.decode()
    assert "&lt;p&gt;Words" in answer.content.decode()


def test_sources_and_bylines_keep_their_order(editor, story):
    efe, ap = cast.make_source("Efe"), cast.make_source("AP")
    person = Person.objects.create(name="Edith Marlow")
    rows = {
        "attributions-TOTAL_FORMS": 2,
        "attributions-0-source": efe.pk,
        "attributions-0-role": "quoted",
        "attributions-0-url": "https://efe.example/1",
        "attributions-1-source": ap.pk,
        "attributions-1-role": "reported_by",
        "bylines-TOTAL_FORMS": 1,
        "bylines-0-person": person.pk,
    }

    editor.post(add_page("update"), update_form(story, _publish="", **rows))

    update = Update.objects.get()
    kept = update.attributions.values_list("source__name", "role", "url")
    assert list(kept) == [("Efe", "quoted", "https://efe.example/1"), ("AP", "reported_by", "")]
    assert [byline.person for byline in update.bylines.all()] == [person]


def test_picture_goes_with_the_text_it_stood_in(editor, story):
    picture = Picture.objects.create(alt="A bridge")
    image = f'<p><img alt="" data-picture="{picture.pk}" src="x"></p>'
    editor.post(add_page("update"), update_form(story, body=f"<p>Words.</p>{image}", _draft=""))
    update = Update.objects.get()
    assert [each.picture for each in update.pictures.all()] == [picture]

    shown = editor.get(page_of(update)).context["inline_admin_formsets"][2].formset
    assert shown.initial_form_count() == 0

    editor.post(page_of(update), change_form(update, body="<p>Words.</p>", _draft=""))

    assert not update.pictures.exists()


def test_edit_without_kind_is_refused(editor, story):
    update = cast.publish(story, editor.user, "Police open the bridge.")

    answer = editor.post(page_of(update), change_form(update, body="<p>New.</p>", _edit=""))

    update.refresh_from_db()
    assert update.body == "<p>Police open the bridge.</p>"
    assert "kind_of_edit" in answer.context["adminform"].form.errors


def test_correction_needs_its_note(editor, story):
    update = cast.publish(story, editor.user, "Police open the bridge.")
    form = change_form(update, body="<p>New.</p>", kind_of_edit="correction", _edit="")

    answer = editor.post(page_of(update), form)
    assert "note" in answer.context["adminform"].form.errors

    editor.post(page_of(update), form | {"note": "It was the tunnel."})
    update.refresh_from_db()
    assert update.body == "<p>New.</p>"
    assert Correction.objects.get().note == "It was the tunnel."


def test_edit_keeps_the_moment(editor, story):
    """An hour that comes twice does not make it another moment, nor refuse the edit."""
    Story.objects.filter(pk=story.pk).update(timezone="Europe/Madrid")
    second_half_past_two = datetime(2024, 10, 27, 1, 30, 12, 345, tzinfo=UTC)
    update = cast.publish(story, editor.user, published_at=second_half_past_two)
    shown = editor.get(page_of(update)).context["adminform"].form["published_at"]

    written = {"body": "<p>New.</p>", "published_at": shown.value()}
    editor.post(page_of(update), change_form(update, kind_of_edit="typo", **written))

    update.refresh_from_db()
    assert shown.value() == "2024-10-27 02:30"
    assert (update.body, update.published_at) == ("<p>New.</p>", second_half_past_two)


def test_time_goes_by_the_clock_of_the_story(editor, story):
    Story.objects.filter(pk=story.pk).update(timezone="Europe/Madrid")
    form = update_form(story, _publish="")

    left_out = editor.post(add_page("update"), form | {"published_at": "2024-03-31T02:30"})
    editor.post(add_page("update"), form | {"published_at": "2024-10-25T10:30"})

    assert "published_at" in left_out.context["adminform"].form.errors
    update = Update.objects.get()
    assert update.published_at == datetime(2024, 10, 25, 8, 30, tzinfo=UTC)
    assert "25 Oct 2024, 10:30" in editor.get(list_of("update")).content.decode()
    assert "Times: Europe/Madrid" in editor.get(page_of(update)).content.decode()


def test_stale_save_shows_both_texts(editor, story):
    update = cast.new_update(story)
    cast.publishing.save_draft(update, cast.content("First words."), by=editor.user)
    update.refresh_from_db()
    form = change_form(update, body="<p>My words.</p>", _draft="")
    cast.publishing.save_draft(update, cast.content("Their words."), by=editor.user)

    page = editor.post(page_of(update), form).content.decode()

    assert "<del>Their</del> words." in page
    assert "<ins>My</ins> words." in page
    update.refresh_from_db()
    assert update.body == "<p>Their words.</p>"


def test_retracted_update_is_read_only(editor, story):
    update = cast.publish(story, editor.user)
    cast.publishing.retract(update, by=editor.user, note="Wrong bridge.")

    assert editor.get(page_of(update)).context["buttons"] == []
    answer = editor.post(page_of(update), change_form(update, body="<p>Again.</p>"))

    assert "Retracted by edith" in answer.content.decode()
    assert editor.get(page_of(update)).status_code == 200


def test_deletion_takes_drafts_and_nothing_that_readers_saw(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
    seen = cast.publish(story, editor.user)

    for update in (draft, seen):
        address = reverse("admin:liveblog_update_delete", args=[update.pk])
        editor.post(address, {"post": "yes"})

    assert list(Update.objects.all()) == [seen]


def test_composer_fills_in_story_and_byline(editor, story):
    person = Person.objects.create(name="Edith Marlow", user=editor.user)

    page = editor.get(f"{add_page('update')}?story={story.pk}")

    form = page.context["adminform"].form
    assert form["story"].value() == story.pk
    bylines = page.context["inline_admin_formsets"][1].formset
    assert bylines.forms[0]["person"].value() == person.pk


@pytest.mark.parametrize("asked", ["999", "x", "", "²", "99999999999999999999"])
def test_composer_of_an_unknown_story_asks_for_one(editor, story, asked):
    assert editor.get(f"{add_page('update')}?story={asked}").status_code == 200


def test_publishing_into_a_closed_story_keeps_the_text(editor):
    story = cast.make_story(editor.user)

    page = editor.post(add_page("update"), update_form(story, _publish=""))

    assert page.status_code == 200
    assert not Update.objects.exists()
    assert "Traffic flows again." in page.content.decode()


def test_list_of_a_source_shows_what_rests_on_it(editor, story):
    efe = cast.make_source("Efe")
    resting = cast.publish(story, editor.user, sources=(cast.publishing.Citation(efe),))
    cast.publish(story, editor.user)

    page = editor.get(f"{list_of('update')}?attributions__source__id__exact={efe.pk}")

    assert list(page.context["cl"].result_list) == [resting]


def test_id_of_another_storys_update_is_refused(editor, story):
    update = cast.publish(story, editor.user)
    other = cast.make_live_story(editor.user, "Another")
    form = update_form(other, client_id=str(update.pk), _publish="")

    page = editor.post(add_page("update"), form)

    assert page.status_code == 200
    assert not other.updates.exists()
