"""The oEmbed provider, to oembed.com's specification 1.0."""

import html
import json
import re

import pytest

from liveblog.models import OldAddress
from tests.newsroom import START, make_hidden_update, make_published_update, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "https://live.example.org"


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["testserver", "live.example.org", ".paper.example"]
    settings.SITE_NAME = "The Meridian"


@pytest.fixture
def ask(client):
    return lambda url, **more: client.get("/oembed", {"url": url, **more})


def test_answer_has_all_that_the_specification_asks_for(ask):
    make_story(slug="s", headline="A “bridge” & <more>")

    answer = ask(f"{SITE}/live/s/")

    data = answer.json()
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert {key: data[key] for key in data if key != "html"} == {
        "version": "1.0",
        "type": "rich",
        "title": "A “bridge” & <more>",
        "provider_name": "The Meridian",
        "provider_url": f"{SITE}/",
        "cache_age": 300,
        "width": 640,
        "height": 720,
    }
    assert f'src="{SITE}/live/s/embed/" width="640" height="720"' in data["html"]
    assert 'title="A “bridge” &amp; &lt;more&gt;"' in data["html"]
    assert data["html"].count("<") == 2
    assert data["html"].startswith("<iframe")


def test_sizes_are_honoured_and_rubbish_is_ignored(ask):
    make_story(slug="s")
    sizes = {}
    for asked in ("320", "5000", "0", "-1", "x", "9" * 500, "٣"):
        data = ask(f"{SITE}/live/s/", maxwidth=asked, maxheight=asked).json()
        assert f'width="{data["width"]}" height="{data["height"]}"' in data["html"]
        sizes[asked[:4]] = (data["width"], data["height"])

    assert sizes.pop("320") == (320, 320)
    assert set(sizes.values()) == {(640, 720)}


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/live/s/?before=x&utm_source=mail#top",
        f"{SITE}/live/s",
        f"{SITE}/live/s/embed/",
        f"{SITE}/live/old/",
        f"{SITE}:443/live/s/",
        "http://LIVE.example.org/live/s/",
        "https://www.paper.example/live/s/",
    ],
)
def test_every_address_of_a_story_is_known(ask, url):
    OldAddress.objects.create(slug="old", story=make_story(slug="s"))

    assert f"{SITE}/live/s/embed/" in ask(url).json()["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "live.example.org/live/s/",
        "/live/s/",
        "//live.example.org/live/s/",
        "https://evil.example/live/s/",
        "https://live.example.org.evil.example/live/s/",
        "https://evil.example@live.example.org/live/s/",
        "https://live.example.org@evil.example/live/s/",
        "https://live.example.org:8443/live/s/",
        "https://live.example.org:x/live/s/",
        "https://[live.example.org/live/s/",
        "https://live.example.org\\@evil.example/live/s/",
        "javascript://live.example.org/live/s/",
        f"{SITE}/",
        f"{SITE}/live/none/",
        f"{SITE}/live/s/corrections/",
        f"{SITE}/live/s/changes/0",
        f"{SITE}/admin/",
        f"{SITE}/live/s/%00",
        f"{SITE}/live/s/" + "x" * 9000,
    ],
)
def test_other_addresses_are_404(ask, url):
    make_story(slug="s")

    assert ask(url).status_code == 404


def test_allowed_hosts_of_everybody_are_not_ours(ask, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_story(slug="s")

    assert ask("https://evil.example/live/s/").status_code == 404
    assert ask(f"{SITE}/live/s/").status_code == 200


def test_what_readers_may_not_see_is_404(ask):
    story = make_story(slug="s")
    shown = make_published_update(story)
    retracted = make_hidden_update(story, "retracted", "x")
    draft = make_hidden_update(story, "draft", "x")
    make_story(slug="d", status="draft")
    make_story(slug="w", status="withdrawn", withdrawn_at=START)

    assert ask(f"{SITE}/live/s/updates/{shown.pk}/").status_code == 200
    assert ask(f"{SITE}/live/s/updates/{retracted.pk}/").status_code == 404
    assert ask(f"{SITE}/live/s/updates/{draft.pk}/").status_code == 404
    assert ask(f"{SITE}/live/d/").status_code == 404
    assert ask(f"{SITE}/live/w/").status_code == 404


def test_xml_is_501_and_an_address_must_be_given(ask, client):
    make_story(slug="s")

    assert ask(f"{SITE}/live/s/", format="xml").status_code == 501
    assert client.get("/oembed").status_code == 404
    assert client.post("/oembed").status_code == 405


def test_pages_say_where_to_ask(client):
    update = make_published_update(make_story(slug="s"))

    for address in ("/live/s/", f"/live/s/updates/{update.pk}/"):
        link = re.search(r'application/json\+oembed" href="([^"]+)"', client.get(address).text)
        found = html.unescape(link[1]).removeprefix(SITE)
        assert json.loads(client.get(found).content)["type"] == "rich"
