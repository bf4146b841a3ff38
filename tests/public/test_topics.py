"""The topics, and where a reader stands on the site."""

import re

import pytest

from liveblog.models import Topic
from tests.newsroom import START, make_published_update, make_story

pytestmark = pytest.mark.django_db


def test_topics_of_public_stories_are_counted(client):
    war, peace, secret = (Topic.objects.create(name=name) for name in ("War", "Peace", "Secret"))
    make_story(status="ended", ended_at=START).topics.add(war, peace)
    make_story().topics.add(war)
    for status in ("draft", "withdrawn"):
        make_story(status=status, withdrawn_at=START).topics.add(war, secret)

    html = client.get("/topics/").text

    topics = re.findall(r'<a href="(/topics/[^"]+)">(\w+)</a> <span>(.*?)</span>', html)
    assert topics == [("/topics/peace/", "Peace", "1 story"), ("/topics/war/", "War", "2 stories")]


def test_no_topics_are_said_so(client):
    assert "No story has a topic yet." in client.get("/topics/").text


def test_topics_cost_one_query(client, django_assert_num_queries):
    for number in range(30):
        make_story().topics.add(Topic.objects.create(name=f"Topic {number}"))

    with django_assert_num_queries(1):
        client.get("/topics/")


@pytest.mark.parametrize("address", ["/", "/topics/", "/search"])
def test_masthead_marks_the_page_that_is_shown(client, address):
    html = client.get(address).text

    assert re.findall(r'<a href="([^"]*)" aria-current="page">', html) == [address]


def test_masthead_marks_nothing_on_other_pages(client):
    make_published_update(make_story(slug="s"))

    for address in ("/live/s/", "/live/s/search", "/corrections/"):
        assert 'aria-current="page"' not in client.get(address).text
