"""What readers may not see is absent from every address."""

import pytest
from django.urls import resolve

from liveblog.models import Person, Picture, Source, Topic
from liveblog.public.urls import catch_all, urlpatterns
from tests.newsroom import START, cite, make_hidden_update, make_published_update, make_story

pytestmark = pytest.mark.django_db

HIDDEN = ["draft", "submitted", "scheduled", "retracted"]
FEEDS = ["rss.xml", "atom.xml", "feed.json"]


@pytest.fixture
def addresses():
    """A story with a secret of each kind beside it; every address that could tell one."""
    efe = Source.objects.create(name="Efe")
    ana = Person.objects.create(name="Ana")
    war = Topic.objects.create(name="War")
    open_story = make_story(slug="s", editors_note="SECRET note")
    shown = make_published_update(open_story)
    stories = [
        open_story,
        make_story(slug="d", status="draft", headline="SECRET draft story"),
        make_story(slug="w", status="withdrawn", headline="SECRET gone", withdrawn_at=START),
    ]
    found = [
        "/",
        "/front.json",
        "/corrections/",
        "/sources/efe/",
        "/authors/ana/",
        "/topics/",
        "/topics/war/",
    ]
    found += [f"/feeds/{name}" for name in FEEDS]
    found += ["/search", "/search?q=secret+published", "/search?q=update"]
    found += ["/sitemap.xml", "/sitemap-1.xml", "/news-sitemap.xml", "/robots.txt"]
    found += ["/card.png", "/logo.png", "/topics/war/card.png", "/topics/hidden/card.png"]
    found += ["/sources/efe/card.png", "/authors/ana/card.png"]
    found += [
        "/embed.js",
        "/favicon.ico",
        "/fragment.js",
        "/indexnow-key.txt",
        "/nowhere/",
        "/media/pictures/SECRET.png",
    ]
    Picture.objects.create(file="pictures/SECRET.png", alt="SECRET picture", width=1, height=1)
    for story in stories:
        story.topics.add(war)
        story.bylines.create(person=ana)
        hidden = [make_hidden_update(story, each, f"SECRET {each}") for each in HIDDEN]
        if story is not open_story:
            hidden.append(make_published_update(story, headline="SECRET published"))
        for update in [*hidden, *([shown] if story is open_story else [])]:
            cite(update, efe)
            update.bylines.create(person=ana)
            note = "A correction." if update is shown else "SECRET correction"
            story.corrections.create(
                update=update, kind="correction", note=note, corrected_at=START
            )
            found.append(f"/live/{story.slug}/updates/{update.pk}/")
            found.append(f"/live/{story.slug}/updates/{update.pk}/card.png")
            found.append(f"/live/{story.slug}/?before={update.pk}")
        found.append(f"/live/{story.slug}/card.png")
        found += [f"/live/{story.slug}/", f"/live/{story.slug}/corrections/"]
        found.append(f"/live/{story.slug}/?order=oldest")
        found += [f"/live/{story.slug}/{name}" for name in FEEDS]
        found += [f"/live/{story.slug}/search?q={word}" for word in ("", "secret", "efe")]
        found += [f"/live/{story.slug}/changes/{cursor}" for cursor in ("0", story.cursor, "x")]
        found.append(f"/live/{story.slug}/changes/0/{story.cursor}")
        found += [f"/live/{story.slug}/embed/", f"/live/{story.slug}/fragment/"]
        found.append(f"/oembed?url=http://testserver/live/{story.slug}/")
    return found


def test_every_address_is_walked(addresses):
    walked = {resolve(address.partition("?")[0]).url_name for address in addresses}

    assert walked == {pattern.name for pattern in [*urlpatterns, catch_all]}


@pytest.mark.thorough
def test_no_address_tells_a_secret(client, addresses):
    for address in addresses:
        assert b"SECRET" not in client.get(address).content, address


def test_what_may_be_seen_is_there(client, addresses):
    feeds = [f"{place}/{name}" for name in FEEDS for place in ("/feeds", "/live/s")]
    for address in ("/", "/live/s/", "/live/s/embed/", "/sources/efe/", "/authors/ana/", *feeds):
        assert "Update number" in client.get(address).text, address
    assert "A correction." in client.get("/corrections/").text


@pytest.mark.thorough
def test_draft_story_is_unknown_and_withdrawn_one_gone(client, addresses):
    for address in addresses:
        status = client.get(address).status_code
        if address.startswith("/live/d/"):
            assert status == 404
        if address.startswith("/live/w/"):
            assert status == 410
