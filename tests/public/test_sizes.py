"""A story of 10,000 updates: what readers and machines fetch of it stays bounded."""

import json
import re

import pytest

from tests.newsroom import make_story, make_updates

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MANY = 10_000
MOST = 500_000  # bytes of a page
TEXT = "<p>" + " ".join(["Officials said that the bridge stays closed."] * 9) + "</p>"


@pytest.mark.thorough
def test_10000_updates_keep_every_answer_bounded(client, settings, django_assert_max_num_queries):
    settings.CHECK_RENDERED = 0
    story = make_story(slug="s")
    updates = make_updates(story, MANY, is_key_event=True, body=TEXT)
    middle = f"/live/s/?before={updates[MANY // 2].pk}"

    with django_assert_max_num_queries(17):
        page = client.get("/live/s/")
    with django_assert_max_num_queries(9):
        older = client.get(middle)
    feeds = [client.get(f"/live/s/{name}") for name in ("atom.xml", "rss.xml", "feed.json")]
    beside = [client.get(address) for address in ("/", "/front.json", "/live/s/embed/")]
    searched = client.get("/live/s/search?q=bridge")
    behind = f"{story.epoch}-{story.revision - 300}"
    changes = client.get(f"/live/s/changes/{behind}")
    overdue = client.get("/live/s/changes/0")

    answers = [page, older, searched, *feeds, *beside, changes, overdue]
    assert {answer.status_code for answer in answers} == {200}
    assert max(len(answer.content) for answer in answers) < MOST
    assert len(told_to_machines(page)["liveBlogUpdate"]) <= 39
    assert len(feeds[2].json()["items"]) <= 100
    assert len(changes.json()["changes"]) <= 101
    assert changes.json()["more"]
    assert overdue.json()["more"]


def told_to_machines(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found[1])
