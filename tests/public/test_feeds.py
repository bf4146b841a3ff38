"""Feeds: valid in every format, permanent in their ids, honest about time and takedowns."""

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest
import time_machine

from liveblog import publishing
from liveblog.models import OldAddress, Person, Story, Topic
from liveblog.publishing import Citation
from tests import cast
from tests.newsroom import (
    START,
    cite,
    make_hidden_update,
    make_picture,
    make_published_update,
    make_story,
    make_updates,
)

pytestmark = pytest.mark.django_db

SITE = "https://live.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
MEDIA_TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
XML = ["rss.xml", "atom.xml"]


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = SITE
    settings.PUBLISHER_NAME = "The Meridian"


@pytest.fixture
def story():
    """A story with one update that shows everything an update can."""
    ana = Person.objects.create(name="Ana Ruiz")
    story = make_story(slug="s", headline="Bridges & <rivers>", standfirst="All of it.")
    story.bylines.create(person=ana)
    story.topics.add(Topic.objects.create(name="War"))
    at = START + timedelta(minutes=30)
    update = make_published_update(
        story, headline="AT&T <b>1 < 2</b>", body='<p>One <a href="https://a.example/">two</a>.</p>'
    )
    update.edited_at = at
    update.save()
    make_picture(update, file="pictures/own.jpg", width=480, height=320, caption="A bridge.")
    cite(update, "Efe", url="https://efe.example/1")
    update.bylines.create(person=Person.objects.create(name="Bo Li"))
    story.corrections.create(
        update=update, kind="correction", note="One, not two.", corrected_at=at
    )
    return story


def parse(client, address):
    """Read a feed as strictly as feedparser can."""
    parsed = feedparser.parse(client.get(address).content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def read_atom(client, address="/live/s/atom.xml"):
    return ET.fromstring(client.get(address).content)


def removed(feed):
    return {each.get("ref"): each.get("when") for each in feed.findall(TOMBSTONE)}


@pytest.mark.parametrize("name", MEDIA_TYPES)
@pytest.mark.parametrize("place", ["/live/s", "/feeds"])
def test_media_type_and_conditional_get(client, story, place, name):
    response = client.get(f"{place}/{name}")

    assert response.headers["Content-Type"] == MEDIA_TYPES[name]
    again = client.get(f"{place}/{name}", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert response.headers["Cache-Control"].startswith("public, max-age=5")


@pytest.mark.parametrize("name", XML)
def test_feedparser_reads_the_whole_entry(client, story, name):
    parsed = parse(client, f"/live/s/{name}")

    assert parsed.version == {"rss.xml": "rss20", "atom.xml": "atom10"}[name]
    assert parsed.feed.link == f"{SITE}/live/s/"
    assert [each.href for each in parsed.feed.links if each.rel == "self"] == [
        f"{SITE}/live/s/{name}"
    ]
    assert parsed.feed.language == "en"
    [entry] = parsed.entries
    update = story.updates.get()
    assert entry.id == f"urn:uuid:{update.pk}"
    assert entry.link == f"{SITE}/live/s/updates/{update.pk}/"
    assert entry.published_parsed[:5] == (2024, 10, 25, 6, 0)
    assert entry.updated_parsed[:5] == (2024, 10, 25, 6, 30)
    assert entry.author == "Bo Li"
    html = entry.content[0].value
    assert "One <a" in html
    for words in ("One, not two.", "Bo Li", "Efe", "A bridge."):
        assert words in html
    for address in (f"{SITE}/media/pictures/own.jpg", "https://efe.example/1"):
        assert f'"{address}"' in html


def test_rss_says_plain_text_as_html(client, story):
    channel = ET.fromstring(client.get("/live/s/rss.xml").content).find("channel")

    assert channel.findtext("title") == "Bridges &amp; &lt;rivers&gt;"
    assert channel.findtext("item/title") == "AT&amp;T &lt;b&gt;1 &lt; 2&lt;/b&gt;"
    guid = channel.find("item/guid")
    assert guid.get("isPermaLink") == "false"
    assert channel.findtext("item/link").startswith(SITE)
    assert channel.findtext("language") == "en"
    assert parsedate_to_datetime(channel.findtext("item/pubDate")) == START
    assert channel.find(f"{ATOM}link").get("rel") == "self"


def test_atom_says_plain_text_as_text(client, story):
    feed = read_atom(client)
    entry = feed.find(f"{ATOM}entry")

    assert feed.findtext(f"{ATOM}title") == "Bridges & <rivers>"
    assert entry.findtext(f"{ATOM}title") == "AT&T <b>1 < 2</b>"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ana Ruiz"
    assert feed.find(f"{ATOM}category").get("term") == "War"
    [via] = [each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "via"]
    assert (via.get("href"), via.get("title")) == ("https://efe.example/1", "Efe")


@pytest.mark.parametrize("address", ["/live/s/atom.xml", "/feeds/atom.xml", "/live/e/atom.xml"])
def test_atom_keeps_the_rules_of_rfc_4287(client, story, address):
    make_story(slug="e")
    feed = read_atom(client, address)

    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("urn:uuid:") for each in ids)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        alternates = [e for e in element.findall(f"{ATOM}link") if e.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert alternates[0].get("href").startswith(SITE)
    assert feed.find(f"{ATOM}author") is not None
    for when in (*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")):
        assert datetime.fromisoformat(when.text).tzinfo


def test_json_feed_keeps_the_rules_of_version_1_1(client, story):
    feed = json.loads(client.get("/live/s/feed.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Bridges & <rivers>"
    assert feed["home_page_url"] == f"{SITE}/live/s/"
    assert feed["feed_url"] == f"{SITE}/live/s/feed.json"
    assert feed["authors"] == [{"name": "Ana Ruiz", "url": f"{SITE}/authors/ana-ruiz/"}]
    [item] = feed["items"]
    update = story.updates.get()
    assert item["id"] == f"urn:uuid:{update.pk}"
    assert item["url"] == f"{SITE}/live/s/updates/{update.pk}/"
    assert item["image"] == f"{SITE}/media/pictures/own.jpg"
    assert "<p>One <a" in item["content_html"]
    assert item["title"] == "AT&T <b>1 < 2</b>"
    assert (item["date_published"], item["date_modified"]) == (
        "2024-10-25T06:00:00Z",
        "2024-10-25T06:30:00Z",
    )
    assert item["language"] == feed["language"] == "en"


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_no_address_in_an_entry_is_relative(client, story, name):
    text = client.get(f"/live/s/{name}").text

    for relative in ('href="/', 'src="/', 'href=\\"/', 'src=\\"/', "=&quot;/"):
        assert relative not in text


def test_ids_outlive_address_and_host(client, story, settings):
    before = read_atom(client)

    Story.objects.filter(pk=story.pk).update(slug="other", headline="Another")
    settings.SITE_URL = "https://elsewhere.example"
    after = read_atom(client, "/live/other/atom.xml")

    assert [each.text for each in before.iter(f"{ATOM}id")] == [
        each.text for each in after.iter(f"{ATOM}id")
    ]


@pytest.mark.parametrize("kind", ["typo", "information", "clarification", "correction"])
def test_edits_move_updated_but_a_typo_does_not(client, kind):
    editor = cast.make_editor()
    with time_machine.travel(START, tick=False):
        story = cast.make_live_story(editor, slug="s")
        update = cast.publish(story, editor, "Word.")
    before = parse(client, "/live/s/atom.xml").entries[0]

    with time_machine.travel(START + timedelta(minutes=9), tick=False):
        note = "" if kind in {"typo", "information"} else "It was another."
        publishing.edit(update, cast.content("Other."), by=editor, kind=kind, note=note)
    after = parse(client, "/live/s/atom.xml").entries[0]

    assert after.id == before.id
    assert after.published == before.published
    assert (after.updated == before.updated) is (kind == "typo")
    assert "Other." in after.content[0].value


@pytest.mark.parametrize("note", ["It was wrong.", ""])
@pytest.mark.parametrize("address", ["/live/s/atom.xml", "/feeds/atom.xml"])
def test_taken_down_update_leaves_a_tombstone_alone(client, note, address):
    editor = cast.make_editor()
    story = cast.make_live_story(editor, slug="s")
    update = cast.publish(
        story, editor, "SECRET", sources=(Citation(cast.make_source("Secret agency")),)
    )
    at = datetime.now(UTC) + timedelta(hours=1)
    with time_machine.travel(at, tick=False):
        publishing.retract(update, by=editor, note=note, without_trace=not note)

    feed = read_atom(client, address)

    [(ref, when)] = removed(feed).items()
    assert ref == f"urn:uuid:{update.pk}"
    assert datetime.fromisoformat(when) == at
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) >= at
    assert feed.find(f"{ATOM}entry") is None
    text = client.get(address).text
    assert "secret" not in text.lower()
    assert "wrong" not in text


def test_restored_update_is_no_tombstone(client):
    editor = cast.make_editor()
    story = cast.make_live_story(editor, slug="s")
    update = cast.publish(story, editor, "Word.")
    publishing.retract(update, by=editor, without_trace=True)
    publishing.restore(update, by=editor)

    feed = read_atom(client)

    assert removed(feed) == {}
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == f"urn:uuid:{update.pk}"
    times = [feed.findtext(f"{ATOM}entry/{ATOM}{name}") for name in ("published", "updated")]
    assert times[0] < times[1]


def test_withdrawn_story_leaves_tombstones_in_the_sites_feed(client):
    gone = make_story(slug="w", status="withdrawn", withdrawn_at=START)
    update = make_published_update(gone)
    hidden = make_hidden_update(make_story(status="draft"), "draft", "x")

    feed = read_atom(client, "/feeds/atom.xml")

    assert list(removed(feed)) == [f"urn:uuid:{update.pk}"]
    assert str(hidden.pk) not in client.get("/feeds/atom.xml").text


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_addresses_that_moved_went_or_never_were(client, story, name):
    OldAddress.objects.create(slug="old", story=story)
    make_story(slug="w", status="withdrawn", withdrawn_at=START)
    make_story(slug="d", status="draft")

    moved = client.get(f"/live/old/{name}")

    assert (moved.status_code, moved.headers["Location"]) == (301, f"/live/s/{name}")
    assert client.get(f"/live/w/{name}").status_code == 410
    assert client.get(f"/live/d/{name}").status_code == 404


def test_sites_feed_holds_the_newest_of_all_stories(client):
    ukrainian = make_story(slug="u", headline="Міст", language="uk")
    make_updates(ukrainian, 40, every=2)
    make_updates(make_story(slug="o", headline="Other"), 40, minute=1, every=2)

    feed = read_atom(client, "/feeds/atom.xml")

    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50
    times = [each.findtext(f"{ATOM}published") for each in entries]
    assert times == sorted(times, reverse=True)
    terms = [each.find(f"{ATOM}category").get("term") for each in entries]
    assert terms == ["Other", "Міст"] * 25
    assert entries[1].get("{http://www.w3.org/XML/1998/namespace}lang") == "uk"


def test_right_to_left_text_says_so(client):
    make_published_update(make_story(slug="s", language="ar"))

    content = read_atom(client).findtext(f"{ATOM}entry/{ATOM}content")

    assert content.startswith('<div lang="ar" dir="rtl">')


@pytest.mark.parametrize("name", XML)
def test_characters_that_no_xml_can_hold_are_left_out(client, name):
    make_published_update(make_story(slug="s", headline="A\x0bB"), headline="C\x1fD")

    parsed = parse(client, f"/live/s/{name}")

    assert parsed.feed.title == "AB"
    assert parsed.entries[0].title == "CD"


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_empty_feeds_stand_still(client, name):
    make_story(slug="s")

    for address in (f"/live/s/{name}", f"/feeds/{name}"):
        with time_machine.travel(START + timedelta(days=9)):
            first = client.get(address)
        assert first.status_code == 200
        assert client.get(address).content == first.content


def test_pages_tell_of_their_feeds(client, story):
    page = client.get("/live/s/").text

    for name, media_type in MEDIA_TYPES.items():
        kind = media_type.partition(";")[0]
        assert f'<link rel="alternate" type="{kind}"' in page
        assert f'href="/live/s/{name}"' in page
        assert f'href="/feeds/{name}"' in client.get("/").text


@pytest.mark.parametrize("count", [1, 50, 500])
@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_feeds_cost_the_same_however_much_there_is(
    client, story, count, name, settings, django_assert_num_queries
):
    settings.CHECK_RENDERED = 0
    make_updates(story, count, minute=60)
    ana = Person.objects.get(name="Ana Ruiz")
    for update in list(story.updates.all())[:20]:
        update.bylines.create(person=ana)
        cite(update, "AFP")
        make_picture(update)

    client.get(f"/live/s/{name}")
    with django_assert_num_queries(5):
        in_story = client.get(f"/live/s/{name}")
    with django_assert_num_queries(3):
        in_site = client.get(f"/feeds/{name}")

    for response in (in_story, in_site):
        assert response.text.count(f"/updates/{story.updates.newest_first()[0].pk}/")
        assert len(response.content) < 200_000
