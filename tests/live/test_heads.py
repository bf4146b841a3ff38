"""Heads of requests that are too long, and what the log says of refused requests."""

import httpx
import pytest

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
    assert "Traceback" not in site.log
    assert len(said) == 3, said
