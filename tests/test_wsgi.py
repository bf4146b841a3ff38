"""Each kind of request goes through the middleware that it needs."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from config import settings as written
from config import wsgi
from tests.newsroom import make_story, make_updates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_connection():
    """Keep a request from closing the connection that holds the test's transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def ask(handler, path):
    """Ask a WSGI handler as a server would; status, headers and body."""
    started = {}

    def start_response(status, headers, exc_info=None):
        started.update(status=int(status[:3]), headers=dict(headers))

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    response = handler(environ, start_response)
    body = b"".join(response)
    response.close()
    return started["status"], started["headers"], body


@pytest.mark.parametrize("path", ["/live/s/", "/", "/live/s/changes/0", "/nothing/", "/live/s"])
def test_readers_get_what_the_whole_middleware_would_send(client, path):
    make_updates(make_story(slug="s"), 3)

    status, headers, body = ask(wsgi.application, path)
    whole = client.get(path, SERVER_NAME="127.0.0.1")

    assert (status, body) == (whole.status_code, whole.content)
    assert headers == dict(whole.headers)


def test_every_middleware_serves_some_kind_of_request():
    assert {*wsgi.FOR_EDITORS, *wsgi.FOR_FILES} == set(written.MIDDLEWARE)
    assert set(wsgi.FOR_EDITORS) - set(wsgi.FOR_READERS) == written.EDITORS_MIDDLEWARE


def test_editors_pages_ask_for_a_sign_in():
    status, headers, _ = ask(wsgi.application, "/admin/")

    assert status == 302
    assert "/admin/login/" in headers["Location"]


def test_static_files_are_served_with_their_own_policy(client):
    status, headers, body = ask(wsgi.application, "/static/liveblog/page.css")

    assert status == 200
    assert b"{" in body
    assert "default-src" in headers["Content-Security-Policy"]
