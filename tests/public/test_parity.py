"""One update says the same wherever it is shown; a retracted one is said nowhere."""

import json
import re
from datetime import datetime

import feedparser
import pytest

from liveblog import publishing
from liveblog.models import Person
from liveblog.publishing import Citation
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def update(editor):
    story = cast.make_live_story(editor, "Bridge", slug="bridge", timezone="Europe/Madrid")
    return cast.publish(
        story,
        editor,
        "Parity words.",
        headline="Parity headline",
        sources=(Citation(cast.make_source("Efe")),),
        bylines=(Person.objects.create(name="Ana Ruiz"),),
        is_key_event=True,
    )


def surfaces(client, update):
    """Every output that shows an update in full, as HTML."""
    data = json.loads(client.get("/live/bridge/changes/0").content)
    changed = [each.get("html", "") for each in data["changes"]]
    return {
        "page": client.get("/live/bridge/").text,
        "oldest first": client.get("/live/bridge/?order=oldest").text,
        "embed": client.get("/live/bridge/embed/").text,
        "by itself": client.get(f"/live/bridge/updates/{update.pk}/").text,
        "change answer": "".join(changed),
    }


def machines(client):
    """Every output that tells an update to a program: its words, and its time and address."""
    entries = {}
    for place in ("/live/bridge", "/feeds"):
        for name in ("rss.xml", "atom.xml"):
            for entry in feedparser.parse(client.get(f"{place}/{name}").content).entries:
                said = [entry.title, entry.content[0].value, entry.author]
                entries[f"{place}/{name}"] = (said, entry.published_parsed, entry.link)
        for item in json.loads(client.get(f"{place}/feed.json").content)["items"]:
            said = [item["title"], item["content_html"], item["authors"][0]["name"]]
            entries[f"{place}/feed.json"] = (said, _moment(item["date_published"]), item["url"])
    for posting in _postings(client.get("/live/bridge/").text):
        said = [json.dumps(posting, ensure_ascii=False)]
        entries["structured data"] = (said, _moment(posting["datePublished"]), posting["url"])
    return entries


def _postings(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found[1]).get("liveBlogUpdate", [])


def _moment(text):
    return datetime.fromisoformat(text).utctimetuple()


def test_every_output_for_programs_says_the_same(client, update, settings):
    entries = machines(client)

    assert len(entries) == 7
    for name, (said, at, address) in entries.items():
        for words in ("Parity headline", "Parity words.", "Ana Ruiz", "Efe"):
            assert words in "".join(said), (name, words)
        assert tuple(at)[:6] == update.published_at.utctimetuple()[:6], name
        assert address == f"{settings.SITE_URL}/live/bridge/updates/{update.pk}/", name


def test_every_output_says_the_same(client, update):
    at = update.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    for name, html in surfaces(client, update).items():
        for words in ("Parity headline", "<p>Parity words.</p>", at, "Ana Ruiz", ">Efe</a>"):
            assert words in html, (name, words)
        assert f'href="/live/bridge/updates/{update.pk}/"' in html, name


def test_the_article_is_the_same_to_the_byte(client, update):
    data = json.loads(client.get("/live/bridge/changes/0").content)
    [html] = [each["html"] for each in data["changes"] if each["type"] == "update"]
    [parts] = [each["parts"] for each in data["changes"] if each["type"] == "story"]

    page = client.get("/live/bridge/").text

    assert html in page
    for name, part in parts.items():
        assert part in page, name


@pytest.mark.parametrize("way", ["with a note", "without trace", "undone"])
def test_a_retracted_update_is_said_nowhere(client, update, editor, way):
    if way == "undone":
        publishing.undo(update, by=editor)
    else:
        publishing.retract(
            update,
            by=editor,
            note="It was wrong." if way == "with a note" else "",
            without_trace=way == "without trace",
        )

    shown = surfaces(client, update)
    shown |= {path: client.get(path).text for path in ("/", "/corrections/", "/sources/efe/")}
    shown |= {path: client.get(path).text for path in ("/authors/ana-ruiz/",)}
    for name, html in shown.items():
        for words in ("Parity", "Ana Ruiz", ">Efe<"):
            assert words not in html, (name, words)
    assert machines(client) == {}
    for name in ("rss.xml", "atom.xml", "feed.json"):
        for place in ("/live/bridge", "/feeds"):
            assert "Parity" not in client.get(f"{place}/{name}").text, (place, name)
    assert client.get(f"/live/bridge/updates/{update.pk}/").status_code == 410
    assert ("It was wrong." in shown["/corrections/"]) is (way == "with a note")
