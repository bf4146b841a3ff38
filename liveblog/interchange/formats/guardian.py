"""Items of the Guardian's Content API, and of APIs made like it: a live blog as blocks."""

import re
from html import escape

from liveblog.interchange.archive import (
    DRAFT,
    PUBLISHED,
    Archive,
    Entry,
    Unreadable,
    names_in,
    one_line,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .entry_text import oldest_first, read_text, split_names
from .files import as_dict, as_entries, as_list, as_text, load_json
from .markup import picture_tag, read_html

PLAYERS = ("tweet", "video", "audio", "instagram", "vine", "map", "document", "interactive", "code")
DROPPED = {"contentatom", "content-atom", "membership", "form", "witness"}


def read(data: bytes, *, zone, **options) -> list[Archive]:
    data = as_dict(load_json(data))
    response = as_dict(data.get("response")) or data
    items = as_list(response.get("content")) or as_list(response.get("results")) or [response]
    blogs = [each for each in map(as_dict, items) if isinstance(each.get("blocks"), dict)]
    if response.get("status") == "error":
        words = _("the Content API refused to answer: %(problem)s")
        raise Unreadable(Message(words, problem=one_line(response.get("message"), 200)))
    if not blogs:
        raise Unreadable(Message(_("the item has no blocks: ask the API for show-blocks=all")))
    return [_Item(item, zone).read() for item in blogs]


class _Item:
    def __init__(self, item: dict, zone):
        self.item, self.zone = item, zone
        self.fields = as_dict(item.get("fields"))
        id = as_text(item.get("id")) or as_text(item.get("webUrl"))
        self.archive = Archive("guardian", "", id, url=as_text(item.get("webUrl")))
        self.people = {
            as_text(tag.get("id")): as_text(tag.get("webTitle"))
            for tag in map(as_dict, as_list(item.get("tags")))
            if tag.get("type") == "contributor"
        }

    def read(self) -> Archive:
        archive, fields = self.archive, self.fields
        archive.headline = one_line(fields.get("headline") or self.item.get("webTitle"))
        archive.standfirst = one_line(fields.get("trailText"), 1000)
        archive.introduction = read_html(as_text(fields.get("standfirst")), archive)
        archive.language = as_text(fields.get("lang"))
        archive.slug = archive.id.rpartition("/")[2]
        archive.authors = names_in(*(self.people.values() or split_names(_of(fields, "byline"))))
        archive.topics = names_in(as_text(self.item.get("sectionName")))
        live = as_text(fields.get("liveBloggingNow")).lower()
        archive.is_ended = {"true": False, "false": True}.get(live)
        archive.is_private = self.item.get("isExpired") is True
        blocks = as_dict(self.item.get("blocks"))
        archive.lead_picture = self._main_picture(as_dict(blocks.get("main")))
        archive.entries = oldest_first(list(filter(None, self._entries(blocks))))
        return archive

    def _entries(self, blocks):
        body = as_list(blocks.get("body"))
        requested = as_dict(blocks.get("requestedBodyBlocks")).values()
        seen = set()
        also = [each for part in requested for each in as_list(part)]
        for number, data in enumerate(as_entries([*body, *also]), 1):
            block = as_dict(data)
            id = as_text(block.get("id"))
            if id and id not in seen:
                yield self._entry(f"item {number}", id, block)
            elif not id:
                self.archive.refuse(f"item {number}", "", _("the block has no id"))
            seen.add(id)

    def _entry(self, where, id, block):
        attributes = as_dict(block.get("attributes"))
        elements = list(map(as_dict, as_list(block.get("elements"))))
        html = "".join(map(self._element, elements)) or _of(block, "bodyHtml", "bodyTextSummary")
        title = as_text(block.get("title")) or as_text(attributes.get("title"))
        headline, body = read_text(html, self.archive, headline=title)
        at = next(
            filter(None, (block.get(name) for name in ("firstPublishedDate", "publishedDate"))),
            block.get("createdDate"),
        )
        contributors = map(as_text, as_list(block.get("contributors")))
        return Entry(
            id,
            where,
            headline=headline,
            body=body,
            state=DRAFT if as_text(block.get("published")).lower() == "false" else PUBLISHED,
            published_at=self._moment(at),
            edited_at=self._moment(block.get("lastModifiedDate")),
            is_key_event=_is(attributes, "keyEvent") or _is(attributes, "summary"),
            is_pinned=_is(attributes, "pinned"),
            authors=names_in(*(self.people.get(each, "") for each in contributors)),
            url=f"{self.archive.url}#block-{id}" if self.archive.url else "",
        )

    def _moment(self, said):
        said = as_dict(said).get("dateTime", said)
        return read_moment(said if not isinstance(said, dict) else None, self.zone)

    # -- elements

    def _element(self, element):
        kind = as_text(element.get("type")).lower()
        data = next(
            (as_dict(value) for name, value in element.items() if name.endswith("TypeData")), {}
        )
        if kind == "text":
            return _of(data, "html")
        if kind == "image":
            id = self._picture(element, data)
            return picture_tag(self.archive.pictures[id].address) if id else ""
        if kind == "pullquote":
            return _quote(_of(data, "html"), _of(data, "attribution"))
        if kind == "rich-link":
            return _link(_of(data, "originalUrl", "url"), _of(data, "linkText"))
        if kind == "comment":
            self.archive.warn(_("a reader's comment inside a block was left out"))
            return ""
        if kind in DROPPED:
            return ""
        address = _of(data, "originalUrl", "url", "source")
        if kind in PLAYERS and address.startswith("http"):
            return f"<p>{escape(address, quote=False)}</p>"
        return _of(data, "html", "safeEmbedCode") or _link(address, _of(data, "title"))

    def _picture(self, element, data):
        assets = list(map(as_dict, as_list(element.get("assets"))))
        widest = max(assets, key=_width, default={})
        address = _of(widest, "file") or _of(as_dict(widest.get("typeData")), "secureFile")
        address = re.sub(r"^//", "https://", address.strip())
        if not address:
            return None
        return self.archive.picture(
            address,
            alt=one_line(data.get("alt"), 500),
            caption=one_line(data.get("caption"), 1000),
            credit=one_line(_of(data, "credit", "photographer", "source"), 150),
        )

    def _main_picture(self, block):
        for element in map(as_dict, as_list(block.get("elements"))):
            if element.get("type") == "image":
                return self._picture(element, as_dict(element.get("imageTypeData")))
        return None


def _of(data, *names):
    return next((as_text(data[name]) for name in names if as_text(data.get(name))), "")


def _is(attributes, name):
    return attributes.get(name) is True or as_text(attributes.get(name)).lower() == "true"


def _quote(html, attribution):
    who = f"<p>— {escape(attribution, quote=False)}</p>" if attribution else ""
    return f"<blockquote>{html}{who}</blockquote>"


def _link(address, words):
    if not address.startswith("http"):
        return ""
    return f'<p><a href="{escape(address)}">{escape(words or address, quote=False)}</a></p>'


def _width(asset):
    width = as_text(as_dict(asset.get("typeData")).get("width"))
    return int(width) if width.isdecimal() and len(width) < 7 else 0
