"""IPTC's ninjs 1.x, 2.x and 3.x: single items, lists, event timelines, items with updates.

The versions differ in their spelling (`versioncreated`, `versionCreated`) and in whether
texts are properties (`body_html`) or lists of objects with a role; both are read alike.
"""

import math
from collections import defaultdict

from liveblog.interchange.archive import (
    DRAFT,
    PUBLISHED,
    RETRACTED,
    Archive,
    Cited,
    EarlierText,
    Entry,
    Unreadable,
    names_in,
    one_line,
    site_of,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .entry_text import oldest_first, read_text, split_names
from .files import as_dict, as_entries, as_list, as_text, load_json

STATES = {"": PUBLISHED, "usable": PUBLISHED, "canceled": RETRACTED, "cancelled": RETRACTED}
LISTS = ("items", "results", "collection", "newsitems", "timeline")
PICTURES = {"picture", "graphic", "image"}


def read(data: bytes, *, zone, now, **options) -> list[Archive]:
    properties = load_json(data)
    whole = Item(properties) if isinstance(properties, dict) else Item({})
    items = as_entries(properties if isinstance(properties, list) else _listed(whole))
    if not items:
        raise Unreadable(Message(_("the file has no items")))
    return [_Timeline(whole, list(map(Item, items)), zone=zone, now=now).read()]


def _listed(whole):
    """The items of a collection, or the updates inside of an item, or the item alone."""
    for name in LISTS:
        if isinstance(whole.get(name), list):
            return whole.get(name)
    parts = [each for each in whole.associations() if not each.is_picture()]
    is_composite = as_text(whole.get("type")) == "composite" or whole.get("profile") == "liveblog"
    return [each.properties for each in parts] if parts and is_composite else [whole.properties]


class Item:
    """A ninjs item whose properties are found whatever the version spells them like."""

    def __init__(self, properties: object):
        self.properties = as_dict(properties)
        self.plain = {_plain(name): value for name, value in self.properties.items()}

    def get(self, *names: str):
        for name in names:
            if self.plain.get(name) not in (None, "", []):
                return self.plain[name]
        return None

    def texts(self, plural: str, single: str) -> list[tuple[str, str]]:
        """Return `(kind, text)` of what is given in several forms: headlines, bodies."""
        rows = map(as_dict, as_list(self.get(plural)))
        found = [(_kind_of(row), as_text(row.get("value"))) for row in rows]
        found += [
            (name[len(single) :], as_text(value))
            for name, value in self.plain.items()
            if name.startswith(single) and isinstance(value, str)
        ]
        return [(kind, text) for kind, text in found if text.strip()]

    def headline(self) -> str:
        found = dict(reversed(self.texts("headlines", "headline")))
        return found.get("main") or next(iter(found.values()), as_text(self.get("title")))

    def body(self) -> str:
        """The text with markup where there is one, else the longest."""
        bodies = self.texts("bodies", "body")
        rich = [text for kind, text in bodies if any(word in kind for word in ("html", "rich"))]
        plain = sorted((text for _kind, text in bodies), key=len, reverse=True)
        return next(iter([*rich, *plain]), "") or self.description()

    def description(self) -> str:
        found = self.texts("descriptions", "description")
        return next((text for kind, text in found if "alt" not in kind), "")

    def associations(self) -> list["Item"]:
        found = self.get("associations")
        rows = [
            {"name": name, **row} for name, row in as_dict(found).items() if isinstance(row, dict)
        ]
        return list(map(Item, rows or map(as_dict, as_list(found))))

    def is_picture(self) -> bool:
        return as_text(self.get("type")) in PICTURES


class _Timeline:
    def __init__(self, whole: Item, items: list[Item], *, zone, now):
        self.whole, self.items, self.zone, self.now = whole, items, zone, now
        first = whole if whole.get("uri") else items[0]
        uri = as_text(first.get("uri"))
        site = site_of(uri).partition("/")[0] if "://" in uri else ":".join(uri.split(":")[:3])
        self.archive = Archive("ninjs", site, uri or "ninjs")

    def read(self) -> Archive:
        archive = self.archive
        head = self.whole if self.whole.properties else self.items[0]
        archive.headline = one_line(head.headline() or self.items[0].headline())
        archive.language = as_text(head.get("language"))
        if self.whole.properties not in [each.properties for each in self.items]:
            self._read_head(self.whole)
        groups = defaultdict(list)
        for number, item in enumerate(self.items, 1):
            uri = as_text(item.get("uri")) or as_text(item.get("guid"))
            if uri:
                groups[uri].append((number, item))
            else:
                archive.refuse(f"item {number}", "", _("the item has no uri"))
        entries = [self._entry(uri, versions) for uri, versions in groups.items()]
        archive.entries = oldest_first(list(filter(None, entries)), is_ascending=True)
        return archive

    def _read_head(self, head):
        archive = self.archive
        archive.standfirst = one_line(head.description(), 1000)
        archive.authors = names_in(*split_names(as_text(head.get("by", "byline"))))
        archive.is_private = self._state(head) != PUBLISHED and bool(head.properties)
        bodies = dict(head.texts("bodies", "body"))
        _headline, archive.introduction = read_text(
            next(iter(bodies.values()), ""), archive, headline=archive.headline
        )
        pictures = self._pictures(head)
        archive.lead_picture = pictures[0] if pictures else None

    def _entry(self, uri, versions):
        """Make one entry of an item's versions; the newest counts, earlier ones are history."""
        self._sort(versions)
        number, item = versions[-1]
        where, state = f"item {number}", self._state(item)
        if state == RETRACTED:
            return Entry(uri, where, state=state, published_at=self._begun(versions[0][1]))
        headline, body = read_text(item.body(), self.archive, headline=item.headline())
        if not (headline or body):
            self.archive.refuse(where, uri, _("the item has no headline and no text"))
            return None
        earlier = [each for _number, each in versions[:-1] if self._state(each) == PUBLISHED]
        history = [self._past(each) for each in earlier]
        sources = [
            as_text(each.get("name")) for each in map(as_dict, as_list(item.get("infosources")))
        ]
        return Entry(
            uri,
            where,
            headline=headline,
            body=body,
            state=state,
            published_at=self._begun(versions[0][1]),
            edited_at=self._moment(item, "versioncreated"),
            is_key_event=as_text(item.get("rel")) == "keyEvent",
            authors=names_in(*split_names(as_text(item.get("by", "byline")))),
            cited=tuple(Cited(name) for name in names_in(*sources)),
            pictures=tuple(self._pictures(item)),
            history=tuple(history),
        )

    def _sort(self, versions):
        """Order by number where each has one, else by time; a cancel without either counts."""
        are_numbered = all(_number(each.get("version")) for _at, each in versions)

        def order(version):
            number, changed = _number(version[1].get("version")), self._changed(version[1])
            if not changed and self._state(version[1]) == RETRACTED:
                changed = math.inf
            return (number, changed) if are_numbered else (changed, number)

        versions.sort(key=order)

    def _past(self, item):
        headline, body = read_text(item.body(), self.archive, headline=item.headline())
        return EarlierText(self._moment(item, "versioncreated"), body, headline)

    def _state(self, item):
        """Withheld, embargoed and expired items are nobody's to publish."""
        state = STATES.get(as_text(item.get("pubstatus")).lower(), DRAFT)
        embargo = item.get("embargoeduntil", "embargoed")
        until = read_moment(embargo, self.zone)
        expires = read_moment(item.get("expires"), self.zone)
        is_held = embargo is not None and (until is None or until > self.now)
        is_over = expires is not None and expires <= self.now
        return DRAFT if state == PUBLISHED and (is_held or is_over) else state

    def _begun(self, item):
        dates = as_dict(as_dict(item.get("eventdetails")).get("dates"))
        event = next((as_text(dates[name]) for name in dates if "start" in name.lower()), "")
        event = event + "-01" * (2 - event.count("-")) if 4 <= len(event) <= 7 else event
        return read_moment(event, self.zone) or self._moment(
            item, "firstcreated", "contentcreated", "versioncreated"
        )

    def _moment(self, item, *names):
        moments = (read_moment(item.get(name), self.zone) for name in names)
        return next(filter(None, moments), None)

    def _changed(self, item):
        moment = self._moment(item, "versioncreated", "firstcreated")
        return moment.timestamp() if moment else 0

    def _pictures(self, item):
        pictures = [each for each in item.associations() if each.is_picture()]
        found = (self._picture(each) for each in pictures if self._state(each) == PUBLISHED)
        return list(dict.fromkeys(each for each in found if each))

    def _picture(self, item):
        renditions = item.get("renditions")
        rows = as_dict(renditions).values() if isinstance(renditions, dict) else as_list(renditions)
        named = [as_dict(row) for row in rows if as_text(as_dict(row).get("href"))]
        widest = max(named, key=lambda row: _number(row.get("width")), default=None)
        address = as_text(widest["href"]) if widest else as_text(item.get("uri"))
        if not address:
            return None
        alt = [text for kind, text in item.texts("descriptions", "description") if "alt" in kind]
        credit = item.get("copyrightholder", "byline", "by")
        return self.archive.picture(
            address,
            alt=one_line(next(iter(alt), ""), 500),
            caption=one_line(item.description(), 1000),
            credit=one_line(as_text(credit), 150),
        )


def _plain(name):
    return name.lower().replace("_", "")


def _kind_of(row):
    kind = as_text(row.get("contentType")) or as_text(row.get("contenttype"))
    return f"{as_text(row.get('role'))} {kind}".strip().lower()


def _number(said):
    text = as_text(said)
    return int(text) if text.isdecimal() and len(text) < 10 else 0
