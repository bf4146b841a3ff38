"""The front page, and the states of a story."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.newsroom import START, make_published_update, make_story, make_updates

pytestmark = pytest.mark.django_db


def order_in(html, *words):
    places = [html.index(word) for word in words]
    return places == sorted(places)


def no_recent_stories(html):
    return 'aria-labelledby="recent-title" hidden>' in html


@time_machine.travel(START + timedelta(hours=13), tick=False)
def test_active_stories_come_before_quiet_and_ended_ones(client):
    quiet = make_story(headline="The quiet one")
    make_published_update(quiet)
    ended = make_story(headline="The ended one", status="ended", ended_at=START)
    make_published_update(ended, minute=500)
    live = make_story(headline="The live one")
    make_published_update(live, minute=400)

    html = client.get("/").text

    assert order_in(html, "The live one", "The quiet one", "The ended one")
    assert html.count('data-status="live"') == 1
    assert html.count('class="lead"') == 1


@time_machine.travel(START + timedelta(minutes=5), tick=False)
def test_story_to_come_stands_after_the_live_ones(client):
    make_story(headline="The one to come", last_updated_at=START + timedelta(minutes=4))
    make_updates(make_story(headline="The live one"), 5)

    html = client.get("/").text

    assert order_in(html, "The live one", "The one to come")
    assert html.count("<li>") == 5  # it leads, with its latest


def test_what_is_not_confirmed_says_so_among_the_latest(client):
    story = make_story()
    make_updates(story, 1)
    make_updates(story, 1, verification="unconfirmed")

    html = client.get("/").text

    assert html.count(">Unconfirmed</bdi>") == 1


def test_the_newest_is_among_the_latest_without_a_headline_too(client):
    story = make_story()
    make_updates(story, 5)
    make_published_update(story, minute=59, headline="", body="<p>The bridge is open.</p>")

    assert "The bridge is open." in client.get("/").text


def test_only_story_takes_the_whole_page_and_its_latest_headlines(client):
    make_updates(make_story(headline="Alone"), 10)

    html = client.get("/").text

    assert "front-alone" in html
    assert html.count("<li>") == 5
    assert no_recent_stories(html)


def test_first_of_several_shows_its_latest_headlines(client):
    make_updates(make_story(), 10, is_key_event=True)
    make_updates(make_story(), 1)

    html = client.get("/").text

    assert "Latest" in html
    assert html.count("<li>") == 5
    assert html.count("<li data-key=") == 1


def test_no_story_is_a_page_of_its_own(client):
    html = client.get("/").text

    assert "Nothing is live right now." in html
    assert no_recent_stories(html)


def test_story_without_updates_says_that_they_will_come(client):
    make_story(slug="s")

    html = client.get("/live/s/").text

    assert "Coming soon" in html
    assert "Updates will appear here." in html
    assert 'role="feed" aria-labelledby="updates-title" data-feed hidden' in html


def test_day_line_stands_wherever_the_date_changes(client):
    story = make_story(slug="s")
    make_updates(story, 2, minute=0)
    make_updates(story, 1, minute=16 * 60)  # midnight in Madrid

    html = client.get("/live/s/").text

    assert html.count('class="day"') == 2
    assert order_in(html, ">Saturday 26 October 2024<", ">Friday 25 October 2024<")


@pytest.mark.parametrize("address", ["/live/s/", "/live/s/?order=oldest", "/"])
def test_zone_is_named_once(client, address):
    make_updates(make_story(slug="s"), 2)

    assert client.get(address).text.count("Times: ") == 1


@pytest.mark.parametrize(("count", "said"), [(1, ""), (2, "1 newer"), (3, "2 newer"), (102, "99+")])
def test_update_page_says_how_many_are_newer(client, count, said):
    first = make_updates(make_story(slug="s"), count)[0]

    html = client.get(f"/live/s/updates/{first.pk}/").text

    assert ("Go to the live story · " + said in html) is bool(said)
    assert ("newer update" in html) is bool(said)


def test_update_page_stands_between_its_neighbours(client):
    story = make_story(slug="s", headline="The story")
    first, second, third = make_updates(story, 3)

    html = client.get(f"/live/s/updates/{second.pk}/").text

    assert f"/live/s/updates/{first.pk}/" in html
    assert f"/live/s/updates/{third.pk}/" in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/live/s/">' in html
    assert "Friday 25 October 2024" in html


@pytest.mark.parametrize("count", [0, 1, 3])
def test_answer_to_an_open_page_holds_what_the_page_holds(client, count):
    for number in range(count):
        make_updates(make_story(language="es" if number else "en"), 3)
    make_story(status="draft", headline="SECRET")

    html, data = client.get("/").text, client.get("/front.json").json()

    cards = data["leads"] + data["recent"]
    assert re.findall(r'data-key="([^"]*)"', html) == [card["key"] for card in cards]
    assert all(card["html"] in html for card in cards)
    assert data["zone"] in html
    assert data["alone"] is (count == 1)


def test_answer_to_an_open_page_is_304_until_something_changes(client):
    story = make_story()
    etag = client.get("/front.json").headers["ETag"]

    assert client.get("/front.json", headers={"if-none-match": etag}).status_code == 304
    make_published_update(story)
    assert client.get("/front.json", headers={"if-none-match": etag}).status_code == 200
