"""A feed written as RSS 2.0, Atom (RFC 4287, with the tombstones of RFC 6721) or JSON Feed 1.1."""

import json
from collections.abc import Callable
from datetime import UTC
from html import escape

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date

from liveblog.addresses import address_of
from liveblog.models import Story

from .feeds import Entry, Feed

JSON_FEED = "https://jsonfeed.org/version/1.1"


class _Rss(Rss201rev2Feed):
    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def latest_post_date(self):
        return self.feed["updated"]

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author.name)
        handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
        handler.addQuickElement("content:encoded", entry.html)


class _Atom(Atom1Feed):
    def root_attributes(self):
        return {
            **super().root_attributes(),
            "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
        }

    def latest_post_date(self):
        return self.feed["updated"]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        _write_authors(handler, self.feed["authors"])
        if self.feed["image"]:
            handler.addQuickElement("logo", self.feed["image"])

    def item_attributes(self, item):
        return {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        _write_authors(handler, entry.authors)
        for url, credit in entry.via:
            handler.addQuickElement("link", "", {"rel": "via", "href": url, "title": credit})
        handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})

    def write_items(self, handler):
        super().write_items(handler)
        for removal in self.feed["removals"]:
            attributes = {"ref": removal.id, "when": rfc3339_date(removal.at)}
            handler.addQuickElement("at:deleted-entry", "", attributes)


def _write_authors(handler, authors):
    for author in authors:
        handler.startElement("author", {})
        handler.addQuickElement("name", author.name)
        handler.addQuickElement("uri", author.url)
        handler.endElement("author")


def as_rss(feed: Feed, address: str) -> str:
    """Write RSS 2.0; its plain texts are read as HTML, so they are escaped for that as well."""
    return _write(_Rss, feed, address, plain=lambda text: escape(text, quote=False))


def as_atom(feed: Feed, address: str) -> str:
    return _write(_Atom, feed, address, plain=str)


def _write(kind, feed: Feed, address: str, *, plain: Callable[[str], str]) -> str:
    is_rss = kind is _Rss
    written = kind(
        title=plain(feed.title),
        link=feed.url,
        description=plain(feed.description),
        subtitle=feed.description,
        language=feed.language,
        categories=feed.categories,
        feed_url=address,
        feed_guid=feed.id,
        authors=feed.authors,
        updated=feed.updated,
        removals=feed.removals,
        image=feed.image,
    )
    for entry in feed.entries:
        written.add_item(
            title=plain(entry.title),
            link=entry.url,
            description=plain(entry.summary) if is_rss else None,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=entry.categories,
            entry=entry,
        )
    return written.writeString("utf-8")


def as_json(feed: Feed, address: str) -> str:
    """Write JSON Feed 1.1."""
    return _dump(
        {
            "version": JSON_FEED,
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": address,
            "description": feed.description,
            "language": feed.language,
            "icon": feed.image,
            "authors": _json_authors(feed.authors),
            "items": [_json_item(entry) for entry in feed.entries],
        }
    )


def _json_item(entry: Entry):
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": _time(entry.published),
        "date_modified": _time(entry.updated),
        "authors": _json_authors(entry.authors),
        "tags": entry.categories,
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value}


def _json_authors(authors):
    return [{"name": author.name, "url": author.url} for author in authors]


def _time(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dump(data):
    filled = {name: value for name, value in data.items() if value or name == "items"}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


FORMATS: dict[str, tuple[str, Callable[[Feed, str], str]]] = {
    "rss.xml": (Rss201rev2Feed.content_type, as_rss),
    "atom.xml": (Atom1Feed.content_type, as_atom),
    "feed.json": ("application/feed+json; charset=utf-8", as_json),
}


def feed_links(story: Story | None) -> list[dict]:
    """Return the feeds that a page links: those of its story, or the site's."""
    names = {"rss.xml": "RSS", "atom.xml": "Atom", "feed.json": "JSON Feed"}
    return [
        {
            "type": FORMATS[name][0].partition(";")[0],
            "title": f"{story.headline if story else settings.SITE_NAME} ({format})",
            "address": address_of(f"story_{name}", story.slug)
            if story
            else address_of(f"site_{name}"),
        }
        for name, format in names.items()
    ]
