"""Structured data: what search engines read is what the page says."""

import json
import re
from datetime import timedelta

import pytest
from django.utils.html import escape

from liveblog.models import Person, Topic
from tests.newsroom import (
    START,
    cite,
    make_picture,
    make_published_update,
    make_story,
    make_updates,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = "https://live.example.org"
    settings.PUBLISHER_NAME = "The Meridian"


def read(client, address):
    """Return a page and the one object of structured data in it."""
    page = client.get(address).text
    [found] = DATA.findall(page)
    return page, json.loads(found)


def test_story_is_a_live_blog_posting(client):
    ana = Person.objects.create(name="Ana Ruiz", role="Correspondent")
    picture = make_picture(file="pictures/map.jpg", width=1200, height=630)
    story = make_story(
        slug="s", standfirst="A bridge.", lead_picture=make_picture(), share_picture=picture
    )
    story.bylines.create(person=ana)
    story.topics.add(Topic.objects.create(name="War"))
    make_updates(story, 2, minute=10)

    _, data = read(client, "/live/s/")

    updates = data.pop("liveBlogUpdate")
    assert data == {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": story.headline,
        "description": "A bridge.",
        "image": ["https://live.example.org/media/pictures/map.jpg"],
        "url": "https://live.example.org/live/s/",
        "mainEntityOfPage": "https://live.example.org/live/s/",
        "inLanguage": "en",
        "datePublished": "2024-10-25T06:00:00Z",
        "dateModified": "2024-10-25T06:11:00Z",
        "coverageStartTime": "2024-10-25T06:00:00Z",
        "author": [
            {
                "@type": "Person",
                "name": "Ana Ruiz",
                "url": "https://live.example.org/authors/ana-ruiz/",
                "jobTitle": "Correspondent",
            }
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "The Meridian",
            "url": "https://live.example.org/",
            "logo": {
                "@type": "ImageObject",
                "url": "https://live.example.org/logo.png",
                "width": 600,
                "height": 60,
            },
        },
        "articleSection": ["War"],
    }
    assert [each["datePublished"][11:16] for each in updates] == ["06:11", "06:10"]


def test_update_is_a_blog_posting_with_its_correction(client):
    story = make_story(slug="s")
    at = START + timedelta(minutes=30)
    update = make_published_update(
        story, headline="", body="<p>One <em>bridge</em>.</p><p>Two.</p>", edited_at=at
    )
    make_picture(update, file="pictures/own.jpg")
    cite(update, "Efe", url="https://efe.example/1")
    story.corrections.create(
        update=update, kind="correction", note="One, not two.", corrected_at=at
    )

    _, data = read(client, f"/live/s/updates/{update.pk}/")
    _, page = read(client, "/live/s/")

    address = f"https://live.example.org/live/s/updates/{update.pk}/"
    expected = {
        "@type": "BlogPosting",
        "headline": "One bridge. Two.",
        "url": address,
        "datePublished": "2024-10-25T06:00:00Z",
        "dateModified": "2024-10-25T06:30:00Z",
        "articleBody": "One bridge.\nTwo.",
        "author": [
            {
                "@type": "NewsMediaOrganization",
                "name": "The Meridian",
                "url": "https://live.example.org/",
            }
        ],
        "image": ["https://live.example.org/media/pictures/own.jpg"],
        "citation": [{"@type": "CreativeWork", "name": "Efe", "url": "https://efe.example/1"}],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "One, not two.",
                "datePublished": "2024-10-25T06:30:00Z",
            }
        ],
    }
    assert page["liveBlogUpdate"] == [expected]
    assert expected.items() <= data.items()
    assert data["isPartOf"]["url"] == "https://live.example.org/live/s/"


def test_it_agrees_with_the_newest_of_the_page(client):
    story = make_story(slug="s")
    make_updates(story, 45)

    for address in ("/live/s/", "/live/s/?order=oldest"):
        page, data = read(client, address)

        assert f"<h1>{escape(data['headline'])}</h1>" in page
        assert f'<link rel="canonical" href="{data["mainEntityOfPage"]}">' in page
        shown = re.findall(r'<article [^>]*data-id="([^"]+)', page)
        ids = [each["url"].split("/")[-2] for each in data["liveBlogUpdate"]]
        newest_first = shown if address == "/live/s/" else shown[::-1]
        assert len(shown) == (25 if address == "/live/s/" else 20)
        assert ids == newest_first[:20]
        times = [each["datePublished"] for each in data["liveBlogUpdate"]]
        assert times == sorted(times, reverse=True)
        assert all(f'datetime="{each}"' in page for each in times)


def test_updates_are_as_many_as_on_the_page(client):
    make_updates(make_story(slug="s"), 500)

    _, data = read(client, "/live/s/")

    assert len(data["liveBlogUpdate"]) == 20
    assert data["coverageStartTime"] == "2024-10-25T06:00:00Z"


def test_coverage_begins_with_the_first_update_and_ends_with_the_story(client):
    end = START + timedelta(hours=9)
    story = make_story(slug="s", status="ended", ended_at=end)
    make_updates(story, 45, minute=-60)

    _, data = read(client, "/live/s/")

    assert data["coverageStartTime"] == "2024-10-25T05:00:00Z"
    assert data["coverageEndTime"] == "2024-10-25T15:00:00Z"


def test_assigned_times_are_told_as_dates(client):
    story = make_story(slug="s", times_assigned=True)
    update = make_published_update(story)

    _, data = read(client, "/live/s/")
    _, own = read(client, f"/live/s/updates/{update.pk}/")

    for each in (data, own, *data["liveBlogUpdate"]):
        assert {each["datePublished"], each["dateModified"]} == {"2024-10-25"}
    assert data["coverageStartTime"] == "2024-10-25"


def test_text_cannot_leave_the_data(client):
    story = make_story(slug="s", headline="</script><!--<script>alert(1)&amp;\u2028")
    make_published_update(story, headline="</SCRIPT>")

    page, data = read(client, "/live/s/")

    assert data["headline"] == story.headline
    assert data["liveBlogUpdate"][0]["headline"] == "</SCRIPT>"
    assert not re.search(r"[<>&\u2028]", DATA.findall(page)[0])


def test_story_without_updates_is_told(client):
    make_story(slug="s")

    _, data = read(client, "/live/s/")

    assert "liveBlogUpdate" not in data
    assert data["dateModified"] == "2024-10-25T06:00:00Z"
