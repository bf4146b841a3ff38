"""Heads of requests that are too long or too slow, and what the log says of refused requests."""

import asyncio
import re
import socket
import threading

import httpx
import pytest
import uvicorn

from config.http import BoundedHttpProtocol

from .test_bad_connections import raw

pytestmark = pytest.mark.any_database

HEAD = "GET /live/ukraine-kursk/ HTTP/1.1\r\nHost: localhost\r\n"


def test_a_head_of_megabytes_is_refused(site):
    with raw(site, HEAD + "X-Long: ") as door:
        taken = send_until_refused(door, b"x" * 2**16)

    assert taken < 4 * 2**20  # the rest of what the systems on both ends buffer
    assert httpx.get(f"{site.url}/live/ukraine-kursk/").status_code == 200


def send_until_refused(door, piece, most=16 * 2**20):
    """Return how many bytes went out before the other end closed."""
    for sent in range(0, most, len(piece)):
        try:
            door.sendall(piece)
        except ConnectionError:
            return sent
    return most


def test_many_headers_count_together(site):
    many = "".join(f"X-{number}: {'x' * 1000}\r\n" for number in range(400))
    with raw(site, HEAD + many) as door:
        assert door.recv(13) == b"HTTP/1.1 431 "


def test_a_head_as_browsers_send_it_passes_again_and_again(site):
    with httpx.Client(base_url=site.url) as client:
        cookies = {"Cookie": "a=" + "b" * 15_000}
        statuses = [
            client.get("/live/ukraine-kursk/", headers=cookies).status_code for _ in range(9)
        ]

    assert statuses == [200] * 9


def test_refusals_are_one_line_each_without_a_traceback(make_site):
    site = make_site()
    before = len(site.log)
    answers = [
        httpx.get(f"{site.url}/", headers={"Host": "evil.example"}),
        httpx.post(f"{site.url}/admin/login/", data={"username": "x"}),
        httpx.get(f"{site.url}/nowhere/"),
    ]
    said = [line for line in site.log[before:].splitlines() if "uvicorn" not in line]
    said = [line for line in said if not line.startswith("INFO: ")]

    assert [each.status_code for each in answers] == [400, 403, 404]
    assert all("no-store" in each.headers["Cache-Control"] for each in answers[:2])
    assert "Traceback" not in site.log
    assert len(said) == 3, said


@pytest.fixture
def impatient(monkeypatch):
    """A server that waits a fifth of a second for a head; returns its port."""
    monkeypatch.setattr("config.http.HEAD_DEADLINE", 0.2)

    async def application(scope, receive, send):
        """Answer, slowly where the path says so."""
        if scope["path"] == "/slow":
            await asyncio.sleep(0.6)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    config = uvicorn.Config(
        application, port=0, http=BoundedHttpProtocol, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def talk(port, *pieces):
    """Send pieces, each after the answer to the one before; returns all that came until the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as door:
        said = b""
        for piece in pieces:
            door.sendall(piece)
            while (came := door.recv(1000)) and not came.endswith(b"\r\n\r\n"):
                said += came
            said += came
        while came := door.recv(1000):
            said += came
        return said


WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize("beginning", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_head_that_does_not_end_is_refused(impatient, beginning):
    assert talk(impatient, beginning).startswith(b"HTTP/1.1 408 ")


def test_the_second_head_of_a_connection_has_to_end_too(impatient):
    said = talk(impatient, WHOLE, WHOLE[:-2])

    assert re.findall(rb"HTTP/1.1 (\d+)", said) == [b"204", b"408"]


def test_a_response_may_take_its_time(impatient):
    said = talk(impatient, b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert re.findall(rb"HTTP/1.1 (\d+)", said) == [b"204"]
