"""Clients who send or take byte by byte, in crowds: nobody else waits for them."""

import re
import socket
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.sse import Subscriber

from .test_bad_connections import raw

pytestmark = [pytest.mark.any_database, pytest.mark.alone]

STORY = "/live/ukraine-kursk/"
SENDERS = 200
PAGES = (STORY, f"{STORY}?order=oldest", "/search?q=Kursk", "/static/liveblog/page.css")
POSTED = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 5000\r\n\r\nu"
)


@contextmanager
def clients(doors):
    try:
        yield doors
    finally:
        for door in doors:
            door.close()


def seconds_of(site, path, **headers):
    begun = time.monotonic()
    httpx.get(site.url + path, headers=headers, timeout=20)
    return time.monotonic() - begun


@pytest.mark.parametrize("path", ["/admin/login/", "/search?q=x", STORY])
def test_slow_bodies_leave_pages_streams_and_sign_in_alone(site, path):
    with clients([raw(site, POSTED.format(path=path)) for _ in range(SENDERS)]) as senders:
        for door in senders:
            door.sendall(b"s")
        begun = time.monotonic()
        Subscriber(f"{site.url}{STORY}stream").wait_for("beat")
        stream = time.monotonic() - begun
        pages = [
            seconds_of(site, each)
            for each in (
                STORY,
                f"{STORY}?order=oldest",
                "/search?q=Kursk",
                "/static/liveblog/page.css",
            )
        ]
        signed_in = min(seconds_of_sign_in(site, number) for number in range(3))

    assert stream < 1
    assert max(pages) < 1
    assert signed_in < 1


def seconds_of_sign_in(site, number) -> float:
    """Return how long a page and a password take: the best of some, as others work here too."""
    begun = time.monotonic()
    answer = sign_in(site, f"nobody{number}")
    assert (answer.status_code, "errornote" in answer.text) == (200, True)
    return time.monotonic() - begun


def token_of(client):
    page = client.get("/admin/login/").text
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]


def sign_in(site, name):
    with httpx.Client(base_url=site.url, timeout=20) as client:
        token = token_of(client)
        form = {"username": name, "password": "wrong", "csrfmiddlewaretoken": token}
        return client.post("/admin/login/", data=form, headers={"Referer": site.url})


def test_slow_readers_of_files_hold_no_thread(site):
    """More readers than Django has threads, each of a file longer than what the system buffers."""
    path = "/static/admin/js/vendor/jquery/jquery.js"
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with clients([raw(site, asked, buffer=2048) for _ in range(40)]):
        assert seconds_of(site, path) < 2


def test_a_body_in_chunks_is_a_body(site):
    with httpx.Client(base_url=site.url, timeout=20) as client:
        token = token_of(client)
        body = f"username=nobody&password=wrong&csrfmiddlewaretoken={token}".encode()
        answer = client.post(
            "/admin/login/",
            content=iter([body[:20], body[20:]]),
            headers={"Referer": site.url, "Content-Type": "application/x-www-form-urlencoded"},
        )

    assert "errornote" in answer.text  # read, and the password refused


@pytest.mark.parametrize("length", ["content-length", "chunked"])
def test_a_body_that_is_too_long_is_refused(site, length):
    long = b"x" * (22 * 2**20)
    door = raw(site, "")
    head = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\n"
    if length == "chunked":
        door.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n{len(long):x}\r\n".encode())
        door.sendall(long)
    else:
        door.sendall(f"{head}Content-Length: {len(long)}\r\n\r\n".encode())

    with door:
        said = door.recv(1000)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"no-store" in said


def test_an_aborted_stream_is_no_error(site):
    """The connection is reset while the server finds the story."""
    for number in range(200):
        door = raw(site, f"GET {STORY}stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(number % 8 / 1000)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        door.close()
    Subscriber(f"{site.url}{STORY}stream").wait_for("beat")

    assert "ValueError" not in site.log
