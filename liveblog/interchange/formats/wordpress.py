"""WordPress's export (WXR) of posts with Automattic's Liveblog plugin.

Each post is a live blog; `wordpress_entries` reads its entries, which are comments.
"""

from liveblog.interchange.archive import (
    Archive,
    Unreadable,
    names_in,
    one_line,
    site_of,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .repair import decode_again, mend_words
from .wordpress_entries import TRASH, Comment, Entries, has_entries, read_comment, read_meta
from .wordpress_people import People
from .wordpress_text import read_content
from .xml_stream import Element, read_xml

WP = "http://wordpress.org/export/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
LIVE, ARCHIVED = {"enable", "1"}, {"archive"}
# What WordPress calls the category of posts that nobody gave one, in its languages.
UNFILED = {"uncategorized", "uncategorised", "sin-categoria", "non-classe", "senza-categoria"}
UNFILED |= {"sem-categoria", "nicht-kategorisiert", "geen-categorie"}


def read(data: bytes, *, zone, **options) -> list[Archive]:
    """Read the live blogs of an export; ordinary posts are passed over."""
    root = read_xml(data, {"comment": read_comment, "postmeta": read_meta}, entries={"comment"})
    channel = next(iter(root.all("channel")), None)
    if channel is None or not root.name[1] == "rss":
        raise Unreadable(Message(_("this is no WordPress export: it has no channel")), "line 1")
    export = _Export(channel, zone)
    return [export.read_post(item) for item in export.items if export.is_live_blog(item)]


class _Export:
    """What the posts of an export share: site, language, authors, attachments."""

    def __init__(self, channel: Element, zone):
        self.zone, self.items = zone, channel.all("item")
        base = channel.get("base_blog_url") or channel.get("base_site_url") or channel.get("link")
        self.site, self.language = site_of(base), channel.get("language")
        comments = (each for item in self.items for each in item.records)
        found = (each for each in comments if isinstance(each, Comment))
        signed = ((each.user_id, each.author) for each in found)
        self.people = People(channel.all("author"), signed)
        self.attachments = {
            item.get("post_id"): item for item in self.items if _type(item) == "attachment"
        }

    def is_live_blog(self, item: Element) -> bool:
        if _type(item) not in {"post", "page", ""} and not _metas(item).get("liveblog"):
            return False
        return _metas(item).get("liveblog") in LIVE | ARCHIVED or has_entries(item)

    def read_post(self, item: Element) -> Archive:
        metas, status = _metas(item), item.get("status", WP)
        archive = Archive(
            "wordpress",
            self.site,
            item.get("post_id"),
            headline=_words(item.get("title")),
            slug=item.get("post_name"),
            language=self.language,
            url=item.get("link"),
            state=" ".join(filter(None, [status, metas.get("liveblog")])),
            is_ended=_is_ended(metas.get("liveblog")),
            is_deleted=status in TRASH,
            is_private=status not in {"publish", ""} or bool(item.get("post_password")),
        )
        if archive.is_deleted:
            self._read_entries(archive, item)
            return archive
        archive.standfirst = _words(item.get("encoded", WP), 1000)
        creator = item.get("creator")
        archive.authors = self.people.by_login.get(creator, ()) or names_in(creator)
        tags = [each for each in item.all("category") if _is_topic(each.attributes)]
        archive.topics = tuple(dict.fromkeys(_words(each.text, 150) for each in tags if each.text))
        archive.introduction = read_content(item.get("encoded", CONTENT), archive)
        archive.lead_picture = self._featured(metas, archive)
        self._read_entries(archive, item)
        return archive

    def _read_entries(self, archive, item):
        Entries(archive, item, people=self.people, zone=self.zone).read()

    def _featured(self, metas, archive):
        found = self.attachments.get(metas.get("_thumbnail_id"))
        if found is None or not found.get("attachment_url"):
            return None
        return archive.picture(
            found.get("attachment_url"),
            alt=_words(_metas(found).get("_wp_attachment_image_alt"), 500),
            caption=_words(found.get("encoded", WP), 1000),
        )


def _is_ended(said):
    return said in ARCHIVED if said in LIVE | ARCHIVED else None


def _is_topic(category):
    is_filed = category.get("nicename") not in UNFILED
    return category.get("domain") != "author" and is_filed


def _type(item):
    return item.get("post_type")


def _metas(item):
    return dict(each for each in item.records if isinstance(each, tuple))


def _words(text, most=300):
    return mend_words(one_line(decode_again(text or ""), most))
