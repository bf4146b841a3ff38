"""WebSub and IndexNow: off by default; where they are on, sent after the commit."""

import json
from urllib.parse import parse_qs

import pytest

from liveblog import publishing
from liveblog.integrations import announcements
from liveblog.integrations.announcements import announce_due
from liveblog.models import Announcement
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_hub_is_told_of_every_feed(story, editor, receiver, settings):
    settings.WEBSUB_HUB = receiver.url
    cast.publish(story, editor)

    announce_due()

    pings = [parse_qs(each["body"].decode()) for each in receiver.requests]
    assert {each["hub.mode"][0] for each in pings} == {"publish"}
    base = "http://127.0.0.1:8000"
    assert {each["hub.url"][0] for each in pings} >= {
        f"{base}/live/{story.slug}/atom.xml",
        f"{base}/feeds/rss.xml",
    }
    assert not Announcement.objects.exists()


def test_search_engines_are_told_of_opening_and_ending(editor, receiver, settings):
    settings.INDEXNOW_KEY, settings.INDEXNOW_URL = "k" * 16, receiver.url
    story = cast.make_live_story(editor)
    announce_due()
    cast.publish(story, editor)
    announce_due()
    publishing.end_story(story, by=editor)
    announce_due()

    data = [json.loads(each["body"]) for each in receiver.requests]
    assert [each["urlList"] for each in data] == [
        [f"http://127.0.0.1:8000/live/{story.slug}/"] for _ in range(2)
    ]
    assert data[0]["keyLocation"] == "http://127.0.0.1:8000/indexnow-key.txt"


def test_what_failed_is_told_later(story, editor, receiver, settings):
    settings.WEBSUB_HUB = receiver.url
    receiver.answer = lambda request: 500
    cast.publish(story, editor)
    announce_due()
    announce_due()  # not yet
    assert (len(receiver.requests), Announcement.objects.get().failures) == (1, 1)

    receiver.answer = lambda request: 202
    Announcement.objects.update(next_attempt_at=None)
    announce_due()
    assert not Announcement.objects.exists()


def test_a_change_while_it_is_told_is_told_again(story, editor, receiver, settings, monkeypatch):
    settings.WEBSUB_HUB = receiver.url
    cast.publish(story, editor)
    whole = announcements.post_form

    def publish_and_post(url, fields):  # in this thread: the test's transaction is its own
        Announcement.objects.update(cursor="later")
        return whole(url, fields)

    monkeypatch.setattr(announcements, "post_form", publish_and_post)
    announce_due()

    assert Announcement.objects.get().cursor == "later"


def test_only_what_is_told_now_is_kept_from_other_processes(
    story, editor, receiver, settings, monkeypatch
):
    settings.WEBSUB_HUB = receiver.url
    for each in (story, cast.make_live_story(editor, "Another story")):
        cast.publish(each, editor)
    whole, free = announcements.post_form, []

    def post_and_count(url, fields):
        free.append(Announcement.objects.filter(next_attempt_at=None).count())
        return whole(url, fields)

    monkeypatch.setattr(announcements, "post_form", post_and_count)
    announce_due()

    assert free == [1] * 6 + [0] * 6
    assert not Announcement.objects.exists()


def test_the_key_is_shown_where_there_is_one(client, settings):
    settings.INDEXNOW_KEY = ""
    assert client.get("/indexnow-key.txt").status_code == 404

    settings.INDEXNOW_KEY = "k" * 16
    assert client.get("/indexnow-key.txt").text == "k" * 16


def test_feeds_name_the_hub(client, story, settings):
    path = f"/live/{story.slug}/atom.xml"
    settings.WEBSUB_HUB = ""
    assert "Link" not in client.get(path).headers

    settings.WEBSUB_HUB = "https://hub.example/"
    assert client.get(path).headers["Link"] == (
        f'<https://hub.example/>; rel="hub", <http://127.0.0.1:8000{path}>; rel="self"'
    )
    assert 'rel="hub"' in client.get("/feeds/feed.json").headers["Link"]
