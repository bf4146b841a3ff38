"""Reads from memory in a real server: right, fresh, counted, and gone with the token."""

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.signals import connection_created

from liveblog.api.cached_reads import CachedReads, Grant, _render
from liveblog.live.hub import Hub
from liveblog.live.response_cache import ResponseCache
from liveblog.models import AuditEntry
from tests import cast
from tests.live.test_health import figures

PATH = "/api/v1/stories/bridge/updates"
NEWSROOM = """
from liveblog import publishing
chief = cast.make_chief()
story = cast.make_live_story(chief, "Bridge", slug="bridge")
cast.publish(story, chief, "First words.")
for name in ("One", "Two"):
    print(publishing.create_token(by=chief, name=name, person=chief, scopes=["read"])[1])
"""
ACT = """
from liveblog import publishing
from liveblog.models import ApiToken, Story, Update
from django.contrib.auth.models import User
chief, story = User.objects.get(username="chiara"), Story.objects.get()
"""


@pytest.fixture
def newsroom(make_site):
    site = make_site(API_RATE="40")
    site.tokens = site.shell(NEWSROOM).split()
    return site


def get(site, token=0, path=PATH, **headers):
    bearer = {"Authorization": f"Bearer {site.tokens[token]}"}
    return httpx.get(site.url + path, headers={**bearer, **headers})


def count_from_memory(site):
    """Read five times; returns how many answers were made before."""
    name = "liveblog_responses_from_cache_total"
    before = figures(site)[name]
    for _ in range(5):
        get(site, 1)
    return figures(site)[name] - before


def wait_until(condition, seconds=5):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_published_updates_come_from_memory(newsroom):
    first, again, other = get(newsroom), get(newsroom), get(newsroom, 1)

    assert first.json()["changes"][0]["plain_text"] == "First words."
    assert first.content == again.content == other.content
    assert first.headers["etag"] == again.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert "x-liveblog-story" not in first.headers
    known = get(newsroom, **{"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert httpx.head(newsroom.url + PATH).status_code == 401
    assert wait_until(lambda: count_from_memory(newsroom) == 5)

    newsroom.shell(f'{ACT}cast.publish(story, chief, "Later words.")')
    assert wait_until(lambda: "Later words." in get(newsroom).text)
    newsroom.shell(f'{ACT}publishing.retract(Update.objects.first(), by=chief, note="Wrong.")')
    assert wait_until(lambda: "Later words." not in get(newsroom).text)


@pytest.mark.alone
def test_without_a_good_token_memory_says_nothing(newsroom):
    get(newsroom)

    for headers in ({}, {"Authorization": "Bearer lb_unknownunknown"}):
        response = httpx.get(newsroom.url + PATH, headers=headers)
        assert response.status_code == 401
        assert "First words" not in response.text
    assert get(newsroom, path="/api/v1/stories/nowhere/updates").status_code == 404
    assert get(newsroom, path=PATH + "?limit=0").status_code == 422

    newsroom.shell(f"{ACT}publishing.revoke_token(ApiToken.objects.get(name='One'), by=chief)")
    assert wait_until(lambda: get(newsroom).status_code == 401, seconds=1.5)
    assert get(newsroom, 1).status_code == 200


def test_reads_from_memory_are_counted(newsroom):
    begun = time.time() // 60
    answers = [get(newsroom).status_code for _ in range(45)]
    if time.time() // 60 > begun:  # a minute ended meanwhile: the count began anew
        answers = [get(newsroom).status_code for _ in range(45)]

    assert answers.count(200) <= 42  # at a second's turn a request may count twice or not at all
    assert answers[-1] == 429
    assert get(newsroom, 1).status_code == 200


def ask(reads, text, path=PATH, query=b"", sender="192.0.2.1"):
    """Ask in this process; returns who answered, `cache` under a key or `django`."""
    scope = {"method": "GET", "path": path, "query_string": query, "client": (sender, 4000)}
    scope["headers"] = [(b"authorization", f"Bearer {text}".encode())]
    return asyncio.wait_for(reads(scope, None, None), 20)


class Answers:
    """Stands for Django and for the response cache: notes which of them was to answer."""

    def __init__(self):
        self.asked = []
        self.reads = CachedReads(self, self)

    async def __call__(self, scope, receive, send):
        self.asked.append("django")

    async def serve(self, key, render, scope, send):
        self.asked.append(key)


@pytest.fixture
def live(story, editor, program):
    cast.publish(story, editor, "First words.")
    return Answers()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [InterfaceError, OperationalError])
def test_a_database_that_fails_is_an_answer(story, kind):
    def fail(*_):
        raise kind("gone")

    with connection.execute_wrapper(fail):
        status, headers, body = _render(story.pk, "0", 100)

    assert (status, json.loads(body)["status"]) == (503, 503)
    assert dict(headers)[b"content-type"] == b"application/problem+json"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [InterfaceError, OperationalError])
def test_a_database_that_can_t_be_reached_is_django_s_to_explain(live, story, program, kind):
    def fail(**_):
        raise kind("gone")

    connection_created.connect(fail)
    try:
        asyncio.run(ask(live.reads, program.text, f"/api/v1/stories/{story.slug}/updates"))
    finally:
        connection_created.disconnect(fail)

    assert live.asked == ["django"]


@pytest.mark.django_db(transaction=True)
def test_a_token_is_checked_while_the_server_s_threads_are_busy(live, story, program):
    is_asked = Event()

    async def ask_beside_work():
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        work = loop.run_in_executor(None, is_asked.wait)
        try:
            await ask(live.reads, program.text, f"/api/v1/stories/{story.slug}/updates")
        finally:
            is_asked.set()
            await work

    asyncio.run(ask_beside_work())

    assert live.asked == [f"api {story.pk} 0 100"]


@pytest.mark.django_db(transaction=True)
def test_a_refused_token_is_not_looked_up_again_at_once(live, story):
    async def ask_twice():
        for _ in range(2):
            await ask(live.reads, "lb_unknownunknown", f"/api/v1/stories/{story.slug}/updates")

    looked_up = []
    connection_created.connect(count := lambda **_: looked_up.append(1))
    asyncio.run(ask_twice())
    connection_created.disconnect(count)

    assert (live.asked, len(looked_up)) == (["django"] * 2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_story_is_found_however_many_the_token_read_before(live, story, program):
    others = {f"other-{number}": number for number in range(1000)}
    live.reads.grants[program.text] = Grant(0, 1, others)

    asyncio.run(ask(live.reads, program.text, f"/api/v1/stories/{story.slug}/updates"))

    assert live.asked == [f"api {story.pk} 0 100"]


@pytest.mark.django_db(transaction=True)
def test_reads_from_memory_are_in_the_audit_trail_once_an_address(live, story, program):
    async def ask_from_two():
        for sender in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
            path = f"/api/v1/stories/{story.slug}/updates"
            await ask(live.reads, program.text, path, sender=sender)

    asyncio.run(ask_from_two())

    uses = AuditEntry.objects.filter(action="use_token").order_by("id")
    assert [each.address for each in uses] == ["192.0.2.1", "192.0.2.2"]
    assert {each.person for each in uses} == {program.person.username}
    assert live.asked == [f"api {story.pk} 0 100"] * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        (b"after=0&limit=500", True),
        (b"after=abc-12", True),
        (b"after=abc-12-3", True),
        (b"after=abc-12-3-" + b"0f" * 16, True),
        (b"after=rubbish", False),
        (b"limit=99", False),
        (b"x=" + b"y" * 300, False),
    ],
)
def test_only_what_programs_ask_for_is_kept(live, story, program, query, is_kept):
    path = f"/api/v1/stories/{story.slug}/updates"
    asyncio.run(ask(live.reads, program.text, path, query))

    assert (live.asked != ["django"]) == is_kept


@pytest.mark.any_database
@pytest.mark.parametrize(("host", "status"), [(b"news.example", 503), (b"other.example", 400)])
def test_what_never_reaches_django_is_a_problem_too(host, status):
    hub, said = Hub(), []
    hub.is_away = True
    cache = ResponseCache(None, hub, allowed_hosts=["news.example"], grace=60)
    scope = {"method": "GET", "path": PATH, "query_string": b"", "headers": [(b"host", host)]}

    async def send(message):
        said.append(message)

    work = cache.serve("key", None, scope, send) if status == 503 else cache(scope, None, send)
    asyncio.run(work)

    start, body = said
    media_type = dict(start["headers"])[b"content-type"]
    assert (start["status"], media_type) == (status, b"application/problem+json")
    assert json.loads(body["body"])["status"] == status
