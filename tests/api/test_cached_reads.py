"""Reads from memory in a real server: right, fresh, counted, and gone with the token."""

import time

import httpx
import pytest

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
    head = httpx.head(newsroom.url + PATH)
    assert head.status_code in {401, 405}

    newsroom.shell(f'{ACT}cast.publish(story, chief, "Later words.")')
    assert wait_until(lambda: "Later words." in get(newsroom).text)
    newsroom.shell(f'{ACT}publishing.retract(Update.objects.first(), by=chief, note="Wrong.")')
    assert wait_until(lambda: "Later words." not in get(newsroom).text)


@pytest.mark.alone
def test_without_a_good_token_memory_says_nothing(newsroom):
    get(newsroom)

    for headers in ({}, {"Authorization": "Bearer lb_unknownunknown"}):
        told = httpx.get(newsroom.url + PATH, headers=headers)
        assert told.status_code == 401
        assert "First words" not in told.text
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
