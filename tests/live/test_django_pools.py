"""How many requests of a kind may wait, and which kind a request is."""

import asyncio
import json
import threading
from http import HTTPStatus

import pytest

from liveblog.live.django_pools import MOST_SIGN_INS, DjangoPools

pytestmark = pytest.mark.any_database


def request(pools, method, path, answers):
    """Begin a request; its status comes to the list of answers."""

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            answers.append((message["status"], dict(message["headers"])))

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    return asyncio.create_task(pools(scope | {"http_version": "1.1"}, receive, send))


async def until(is_so):
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0)


def test_a_crowd_that_signs_in_is_bounded_and_in_nobodys_way():
    may_go_on = threading.Event()

    def wsgi(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            may_go_on.wait(20)
        start_response("200 OK", [])
        return [b""]

    async def crowd():
        pools, signed_in, refused, others = DjangoPools(wsgi), [], [], []
        threads = pools.pools["sign_in"].threads
        waiting = [
            request(pools, "POST", "/admin/login/", signed_in)
            for _ in range(MOST_SIGN_INS + threads)
        ]
        await until(lambda: pools.pools["sign_in"].waiting == MOST_SIGN_INS)
        await request(pools, "POST", "/admin/login/", refused)
        for path in ("/admin/login/", "/admin/", "/search", "/live/bridge/", "/static/a.css"):
            await request(pools, "GET", path, others)
        assert signed_in == []
        may_go_on.set()
        await asyncio.gather(*waiting)
        return signed_in, refused, others

    signed_in, refused, others = asyncio.run(crowd())

    assert [status for status, _ in signed_in] == [200] * len(signed_in)
    assert len(signed_in) > MOST_SIGN_INS
    [(status, headers)] = refused
    assert (status, headers[b"retry-after"], headers[b"cache-control"]) == (503, b"10", b"no-store")
    assert [status for status, _ in others] == [200] * 5


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *(("/card.png", "drawings"), ("/logo.png", "drawings"), ("/live/a/card.png", "drawings")),
        *(("/live/a/updates/b/card.png", "drawings"), ("/sources/a/card.png", "drawings")),
        *(("/live/a/", "pages"), ("/live/a/changes/0", "pages"), ("/live/a/card.png/", "pages")),
        *(
            ("/live/a/search", "questions"),
            ("/media/a/card.png", "files"),
            ("/api/v1/me", "editors"),
        ),
    ],
)
def test_a_crowd_of_one_kind_has_threads_of_its_own(path, kind):
    def wsgi(environ, start_response):
        start_response("200 OK", [])
        return [b""]

    async def ask():
        pools = DjangoPools(wsgi)
        await request(pools, "GET", path, [])
        return [each for metric in pools.responses.collect() for each in metric.samples]

    counted = asyncio.run(ask())

    assert {each.labels["pool"] for each in counted} == {kind}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/api/v1/stories", "application/problem+json"), ("/admin/", "text/plain; charset=utf-8")],
)
def test_a_body_that_is_too_long_is_refused_as_the_address_s_clients_read_it(path, media_type):
    said = []
    scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b""}

    async def receive():
        return {"type": "http.request", "body": b"x" * 2**20, "more_body": True}

    async def send(message):
        said.append(message)

    asyncio.run(DjangoPools(None)(scope, receive, send))

    start, body = said
    assert (start["status"], dict(start["headers"])[b"content-type"].decode()) == (413, media_type)
    if path.startswith("/api/"):
        assert json.loads(body["body"]) == {
            "type": "about:blank",
            "title": HTTPStatus(413).phrase,
            "status": 413,
            "detail": "The request is too long.",
        }
