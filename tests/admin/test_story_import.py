"""Bring a story in by the admin: read, look, choose, import."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liveblog.admin import story_import
from liveblog.models import Story, Update, Version
from tests.interchange.samples import sample

PAGE = "/admin/liveblog/story/bring-in/"
FORM = {"timezone": "Europe/Madrid"}


def upload(name):
    return SimpleUploadedFile(name.rpartition("/")[2], sample(name))


def read(client, name, **more):
    return client.post(PAGE, {**FORM, "file": upload(name), "_read": "", **more})


def import_read(client, page, **more):
    """Press the button of a page that shows what was read."""
    form = page.context["form"]
    held = {name: form[name].value() for name in ("carried", "seen")}
    return client.post(PAGE, {**FORM, **held, "_import": "", **more})


def test_file_is_shown_before_anything_is_made(editor):
    page = read(editor, "wordpress/two-posts.xml")

    assert [each["archive"].id for each in page.context["shown"]] == ["41", "42"]
    assert page.context["shown"][0]["counts"]["imported"] == 4
    assert "neither of its dates can be read" in page.text
    assert "CANARYTRASH" not in page.text
    assert not Story.objects.exists()


def test_chosen_live_blog_is_imported(editor):
    page = read(editor, "wordpress/two-posts.xml")

    done = import_read(editor, page, select=["41"])

    assert [each.headline for each in Story.objects.all()] == [
        "Ferry strike: the day as it happened"
    ]
    assert set(Update.objects.values_list("status", flat=True)) == {"draft"}
    assert Update.objects.first().created_by == editor.user
    assert "line 191" in done.text


def test_whole_import_leads_to_the_story(editor):
    page = read(editor, "feed/atom.xml")
    (shown,) = page.context["shown"]

    answer = import_read(editor, page, select=[shown["archive"].id], publish="on")

    story = Story.objects.get()
    assert answer.url == reverse("admin:liveblog_story_change", args=[story.pk])
    assert (story.status, story.update_count) == ("ended", 2)


def test_pasted_text_is_read(editor):
    text = sample("document/times.txt").decode()

    page = editor.post(PAGE, {**FORM, "text": text, "_read": ""})

    assert page.context["shown"][0]["archive"].headline == "The pilots go back to work"


def paste(client, text, **more):
    return client.post(PAGE, {**FORM, "text": text, **more})


def test_pasted_text_stays_where_it_was_pasted(editor):
    text = sample("document/times.txt").decode()

    form = paste(editor, text, _read="").context["form"]

    assert (form["text"].value(), form["carried"].value()) == (text, "")


def test_pasted_text_that_was_changed_is_shown_again(editor):
    text = sample("document/times.txt").decode()
    page = paste(editor, text, _read="")
    chosen = {"select": page.context["shown"][0]["archive"].id, "_import": ""}
    chosen["seen"] = page.context["form"]["seen"].value()

    changed = paste(editor, text.replace("pilots", "stewards"), **chosen)

    assert "This is not what was read before" in changed.text
    assert not Story.objects.exists()
    assert paste(editor, text, **chosen).status_code == 302


def test_other_file_is_shown_before_it_is_imported(editor):
    page = read(editor, "feed/atom.xml")
    other = upload("wordpress/two-posts.xml")

    answer = import_read(editor, page, file=other, select=["41", "42"])

    assert "This is not what was read before" in answer.text
    assert [each["archive"].id for each in answer.context["shown"]] == ["41", "42"]
    assert not Story.objects.exists()
    assert import_read(editor, answer, select=["42"]).status_code == 302


def test_more_than_a_request_has_time_for_is_for_the_command(editor, monkeypatch):
    monkeypatch.setattr(story_import, "MOST_ENTRIES", 3)

    page = read(editor, "wordpress/two-posts.xml")

    (problem,) = page.context["form"].non_field_errors()
    assert re.search(
        r"holds \d entries, and this page takes 3: .* “manage.py import_story”", problem
    )


def test_reading_again_keeps_what_was_chosen(editor):
    page = read(editor, "wordpress/two-posts.xml", select=["42"])

    assert [each["is_chosen"] for each in page.context["shown"]] == [False, True]


def test_nothing_chosen_imports_nothing(editor):
    page = read(editor, "wordpress/two-posts.xml")

    assert "Choose at least one live blog." in import_read(editor, page).text
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<rss><channel>", "line 1: this is not well-formed XML"),
        (b'{"a": [1, 2}', "line 1: this is not JSON"),
        (b"\xff\xfa", "UTF-8"),
        (b"{}", "this JSON is in none of the formats that can be read."),
    ],
)
def test_unreadable_file_says_why(editor, data, expected):
    page = editor.post(PAGE, {**FORM, "file": SimpleUploadedFile("x", data), "_read": ""})

    assert expected in page.text


@pytest.mark.parametrize("carried", ["", "%%%", "eJwDAAAAAAE=x", "AAAA"])
def test_carried_file_that_was_tampered_with(editor, carried):
    page = editor.post(PAGE, {**FORM, "carried": carried, "_import": ""})

    assert page.status_code == 200
    assert not Story.objects.exists()


def test_uploaded_history_names_nobody(editor):
    page = read(editor, "liveblog/live.json")
    import_read(editor, page, select=["dam-under-watch"], publish="on")

    versions = Version.objects.exclude(verb="import")
    assert versions.count() == 5
    assert set(versions.values_list("by", flat=True)) == {None}


def test_own_export_goes_on_air_only_where_that_is_chosen(editor):
    text = sample("liveblog/ended.json").decode()
    numbered = re.sub(r'"revision": null,(\s*"verb")', r'"revision": 3,\1', text)
    assert numbered != text
    seen = paste(editor, numbered, _read="").context["form"]["seen"].value()
    chosen = {"select": "vote-is-over", "_import": "", "seen": seen}

    paste(editor, numbered, **chosen)

    story = Story.objects.get()
    assert (story.status, story.revision) == ("draft", 0)
    drafts = Update.objects.values_list("status", "number", "revision")
    assert list(drafts) == [("draft", None, None)] * 2
    past = Version.objects.exclude(verb="import")
    assert set(past.values_list("revision", flat=True)) == {None}
    paste(editor, numbered, **chosen, publish="on")
    story = Story.objects.get()
    assert (story.status, story.update_count) == ("ended", 1)


def test_reporter_brings_nothing_in(reporter):
    assert read(reporter, "feed/atom.xml").status_code == 403
    assert not Story.objects.exists()
