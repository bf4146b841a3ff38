"""RSS 2.0, Atom and JSON Feed: the items of a feed as entries."""

from liveblog.interchange.archive import (
    DRAFT,
    PUBLISHED,
    RETRACTED,
    Archive,
    Entry,
    Unreadable,
    names_in,
    one_line,
    site_of,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .entry_text import oldest_first, read_line, read_text
from .feed_items import Feed, read_json_feed, read_xml_feed


def read(data: bytes, *, zone, **options) -> list[Archive]:
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    feed = read_json_feed(data) if start[:1] == b"{" else read_xml_feed(data)
    return [_Entries(feed, zone).read()]


class _Entries:
    def __init__(self, feed: Feed, zone):
        self.feed, self.zone = feed, zone
        self.archive = Archive(
            "feed",
            site_of(feed.address or feed.id).partition("/")[0],
            feed.id,
            headline=read_line(feed.title),
            standfirst=one_line(feed.description, 1000),
            language=feed.language,
            url=feed.address,
        )

    def read(self) -> Archive:
        if not self.feed.items:
            raise Unreadable(Message(_("the file has no items")), "line 1")
        gone = {item["id"] for item in self.feed.items if item.get("is_gone")}
        entries: dict[str, Entry] = {}
        first: dict[str, dict] = {}
        for item in self.feed.items:
            if not item["id"]:
                self.archive.refuse(item["where"], "", _("the entry has no id and no address"))
            elif item["id"] not in entries:
                entries[item["id"]] = self._entry(item, is_gone=item["id"] in gone)
                first[item["id"]] = item
            elif item["id"] not in gone and not _is_same(item, first[item["id"]]):
                words = _("its id comes twice in the file")
                self.archive.refuse(item["where"], item["id"], words)
        found = [each for each in entries.values() if each]
        self.archive.entries = oldest_first(found)
        return self.archive

    def _entry(self, item, *, is_gone):
        published = read_moment(item.get("published") or item.get("updated"), self.zone)
        if is_gone:
            return Entry(item["id"], item["where"], state=RETRACTED, published_at=published)
        base = item.get("url") or self.feed.address
        headline, body = read_text(
            item["body"], self.archive, headline=item.get("title", ""), base=base
        )
        pictures = [
            self.archive.picture(each["url"], caption=one_line(each.get("caption", ""), 1000))
            for each in item.get("pictures", ())
        ]
        if not (headline or body or pictures):
            self.archive.refuse(item["where"], item["id"], _("the entry has no title and no text"))
            return None
        return Entry(
            item["id"],
            item["where"],
            headline=headline,
            body=body,
            state=DRAFT if item.get("is_draft") else PUBLISHED,
            published_at=published,
            edited_at=read_moment(item.get("updated"), self.zone),
            authors=names_in(*item.get("authors", ())),
            pictures=tuple(each for each in dict.fromkeys(pictures) if str(each) not in body),
            url=item.get("url", ""),
        )


def _is_same(item, other):
    return {**item, "where": ""} == {**other, "where": ""}
