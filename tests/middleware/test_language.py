"""Which language the admin speaks, and that readers' pages take no notice."""

import pytest
from django.conf import settings

from tests.cast import make_live_story

COOKIE = settings.LANGUAGE_COOKIE_NAME


def test_admin_speaks_the_chosen_language(editor):
    editor.post("/admin/language/", {"language": "es", "next": "/admin/"})

    page = editor.get("/admin/")

    assert page.headers["Content-Language"] == "es"
    assert 'lang="es"' in page.text
    assert editor.cookies[COOKIE]["path"] == "/admin/"


def test_admin_speaks_the_browser_s_language_before_a_choice(editor):
    page = editor.get("/admin/", headers={"accept-language": "uk"})

    assert 'lang="uk"' in page.text


def test_choice_stays_on_this_site(editor):
    answer = editor.post("/admin/language/", {"language": "es", "next": "https://evil.example/"})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("headers", [{}, {"accept-language": "uk"}])
def test_readers_pages_keep_their_language(editor, headers):
    story = make_live_story(editor.user)
    plain = editor.get(story.get_absolute_url()).content
    editor.cookies[COOKIE] = "es"
    editor.get("/admin/")

    page = editor.get(story.get_absolute_url(), headers=headers)

    assert page.content == plain
    assert page.headers.get("Vary", "") in {"", "Accept-Encoding"}
