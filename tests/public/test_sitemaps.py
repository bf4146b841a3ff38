"""What search engines fetch by themselves, by the rules of sitemaps.org and Google News."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
import time_machine

from liveblog.public import sitemaps
from tests.newsroom import START, make_published_update, make_story

pytestmark = pytest.mark.django_db

SITE = "https://live.example.org"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def site_settings(settings):
    settings.SITE_URL = SITE
    settings.PUBLISHER_NAME = "Sun & Moon"


def read(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)


def test_sitemap_lists_public_stories_with_their_last_change(client):
    make_published_update(make_story(slug="a"), minute=45)
    make_story(slug="ended", status="ended", ended_at=START)
    make_story(slug="draft", status="draft")
    make_story(slug="gone", status="withdrawn", withdrawn_at=START)

    urlset = read(client, "/sitemap.xml")

    assert urlset.tag == f"{MAP}urlset"
    listed = {each.findtext(f"{MAP}loc"): each.findtext(f"{MAP}lastmod") for each in urlset}
    assert listed == {
        f"{SITE}/": "2024-10-25T06:45:00Z",
        f"{SITE}/live/a/": "2024-10-25T06:45:00Z",
        f"{SITE}/live/ended/": "2024-10-25T06:00:00Z",
        f"{SITE}/corrections/": None,
    }
    assert all(url[0].tag == f"{MAP}loc" for url in urlset)


def test_sitemap_of_an_empty_site_is_valid(client):
    assert len(read(client, "/sitemap.xml")) == 2


def test_sitemap_of_many_stories_is_an_index(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "IN_FILE", 2)
    for minute in (5, 6, 7, 8, 9):
        make_published_update(make_story(), minute=minute)

    index = read(client, "/sitemap.xml")

    assert index.tag == f"{MAP}sitemapindex"
    first = read(client, "/sitemap-1.xml")[0]
    assert first.findtext(f"{MAP}lastmod") == "2024-10-25T06:09:00Z"  # of the front page
    files = [each.findtext(f"{MAP}loc") for each in index]
    assert files == [f"{SITE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [
        url.findtext(f"{MAP}loc") for file in files for url in read(client, file.removeprefix(SITE))
    ]
    assert len(set(listed)) == len(listed) == 7
    for number in (0, 4, 10**30):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_sitemaps_cost_the_same_however_much_there_is(client, count, django_assert_num_queries):
    for _ in range(count):
        make_published_update(make_story())

    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        client.get("/news-sitemap.xml")


@time_machine.travel(START + 2 * DAY + timedelta(minutes=1), tick=False)
def test_news_sitemap_lists_two_days_the_latest_first(client):
    make_story(slug="old")
    make_story(slug="a", opened_at=START + DAY, headline="A & B <c>", language="pt-BR")
    make_story(slug="b", opened_at=START + 2 * DAY, times_assigned=True)
    make_story(slug="d", opened_at=START + DAY, status="draft")
    make_story(slug="w", opened_at=START + DAY, status="withdrawn", withdrawn_at=START + DAY)

    urls = list(read(client, "/news-sitemap.xml"))

    assert [url.findtext(f"{MAP}loc") for url in urls] == [f"{SITE}/live/b/", f"{SITE}/live/a/"]
    news = urls[1].find(f"{NEWS}news")
    assert [child.tag for child in news] == [
        f"{NEWS}{name}" for name in ("publication", "publication_date", "title")
    ]
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "Sun & Moon"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "pt"
    assert news.findtext(f"{NEWS}publication_date") == "2024-10-26T06:00:00Z"
    assert news.findtext(f"{NEWS}title") == "A & B <c>"
    assert urls[0].findtext(f"{NEWS}news/{NEWS}publication_date") == "2024-10-27"


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("zh", "zh-cn"),
        ("zh-CN", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
        ("zh-HK", "zh-tw"),
        ("pt-BR", "pt"),
        ("gsw", "gsw"),
    ],
)
def test_news_sitemap_names_languages_as_its_schema_does(client, language, named):
    make_story(language=language, opened_at=datetime.now(UTC))

    (url,) = read(client, "/news-sitemap.xml")

    assert url.findtext(f".//{NEWS}language") == named


def test_news_sitemap_may_be_empty_and_is_bounded(client, monkeypatch):
    make_story()
    assert len(read(client, "/news-sitemap.xml")) == 0

    monkeypatch.setattr(sitemaps, "NEWS", 2)
    for _ in range(3):
        make_story(opened_at=datetime.now(UTC))
    assert len(read(client, "/news-sitemap.xml")) == 2


def test_robots_name_the_sitemaps_and_keep_out_of_the_admin(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml", f"{SITE}/news-sitemap.xml"]
    assert rules.can_fetch("any", f"{SITE}/live/a/")
    assert not rules.can_fetch("any", f"{SITE}/admin/login/")


@pytest.mark.parametrize("address", ["/sitemap.xml", "/news-sitemap.xml", "/robots.txt"])
def test_unchanged_is_304(client, address):
    etag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
