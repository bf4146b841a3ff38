"""The story as HTML for other sites: whole, bounded, with whole addresses and no script."""

import json
import re

import pytest

from liveblog.models import Story
from tests.newsroom import make_picture, make_published_update, make_story, make_updates

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def test_it_is_the_story_without_the_site_s_frame(client):
    story = make_story(slug="bridge")
    make_updates(story, 3)

    response = client.get("/live/bridge/fragment/")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert f'<{SITE}/live/bridge/>; rel="canonical"' == response.headers["Link"]
    assert response.headers["ETag"]
    assert "<html" not in response.text
    assert "<link" not in response.text
    kinds = re.findall(r"<script([^>]*)>", response.text)
    assert kinds == [' type="application/ld+json"']
    data = json.loads(re.search(r"<script[^>]*>(.*?)</script>", response.text)[1])
    assert (data["@type"], len(data["liveBlogUpdate"])) == ("LiveBlogPosting", 3)


def test_its_articles_are_the_page_s_with_whole_addresses(client):
    story = make_story(slug="bridge")
    body = '<p>See href="/x" &gt; <a href="/live/bridge/">here</a>.</p>'
    update = make_published_update(story, body=body)
    make_picture(update, file="pictures/a.jpg", alt='A ">" sign', width=80, height=60)

    page, fragment = (client.get(f"/live/bridge/{part}").text for part in ("", "fragment/"))

    def articles(html):
        return re.findall(r"<article.*?</article>", html, re.DOTALL)

    whole = [re.sub(r'( (?:href|src)=")/', rf"\1{SITE}/", each) for each in articles(page)]
    assert articles(fragment) == [
        each.replace(f'See href="{SITE}/x"', 'See href="/x"') for each in whole
    ]
    assert not re.search(r'<[^>]* (?:href|src|action)="/', fragment)


def test_it_holds_fifty_updates_and_says_where_the_others_are(client):
    make_updates(make_story(slug="bridge"), 60)

    text = client.get("/live/bridge/fragment/").text

    assert text.count("<article") == 50
    assert re.search(rf'rel="next" href="{SITE}/live/bridge/\?before=', text)


def test_a_withdrawn_story_leaves_a_line(client):
    story = make_story(slug="bridge")
    make_updates(story, 1)
    Story.objects.update(status="withdrawn", withdrawn_at=story.opened_at)

    response = client.get("/live/bridge/fragment/")

    assert response.status_code == 410
    assert "<html" not in response.text
    assert "withdrawn" in response.text
    assert "Update number" not in response.text


def test_the_script_has_an_address_of_its_own(client):
    response = client.get("/fragment.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert f'import "{SITE}/static/liveblog/live/live-story.js";' in response.text
