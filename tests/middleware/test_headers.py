"""The headers of every answer: what browsers may do with it, and who may keep it."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liveblog.middleware.csp import build_policy
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
READERS = build_policy(settings.SECURE_CSP)
EDITORS = build_policy(settings.SECURE_CSP_EDITORS)
FILES = build_policy(settings.SECURE_CSP_FILES)


@pytest.mark.parametrize(
    "path",
    [
        *("/admin/", "/admin/login/", "/admin/jsi18n/", "/admin/liveblog/update/"),
        *("/admin/liveblog/update/add/", "/admin/nowhere/", "/admin/liveblog/story/999/change/"),
        *("/admin/liveblog/auditentry/", "/admin/home/", "/admin/session/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_no_answer_of_the_admin_may_be_stored(editor, path, method):
    for client in (editor, Client()):
        answer = getattr(client, method)(path)

        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Security-Policy"] == EDITORS


def test_a_post_without_a_token_is_answered_alike(editor):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/admin/login/", {"username": "edith"})

    assert answer.status_code == 403
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_body_that_is_too_large_is_answered_alike(editor, settings):
    settings.PICTURE_MAX_MB = 0
    upload = SimpleUploadedFile("a.png", b"x" * 2_000_000)

    answer = editor.post("/admin/liveblog/picture/add/", {"upload": upload})

    assert answer.status_code == 413
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/live/bridge/", "/nowhere/", "/admin/", "/api/v1/me"])
def test_pages_ask_nothing_of_a_browser_that_they_do_not_need(editor, path):
    cast.make_live_story(editor.user, slug="bridge")

    policy = editor.get(path).headers["Permissions-Policy"]

    assert "camera=(), " in policy
    assert "geolocation=(), " in policy
    assert (
        'fullscreen=(self "https://www.youtube-nocookie.com" "https://player.vimeo.com")' in policy
    )


def test_previews_have_the_policy_of_readers_pages(editor):
    story = cast.make_live_story(editor.user)
    update = cast.publish(story, editor.user)

    for kind, row in (("story", story), ("update", update)):
        preview = editor.get(f"/admin/liveblog/{kind}/{row.pk}/preview/")
        assert preview.status_code == 200
        assert preview.headers["Content-Security-Policy"] == READERS
        assert "no-store" in preview.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/liveblog/nowhere.css", "/media/pictures/nowhere.jpg"])
def test_files_have_a_policy_of_their_own(client, path):
    assert client.get(path).headers["Content-Security-Policy"] == FILES
