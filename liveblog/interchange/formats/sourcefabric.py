"""Answers of Sourcefabric's Live Blog API: posts, whose groups refer to items."""

import re

from liveblog.interchange.archive import (
    DRAFT,
    PUBLISHED,
    RETRACTED,
    Archive,
    Entry,
    Unreadable,
    names_in,
    one_line,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .entry_text import read_text
from .files import as_dict, as_entries, as_list, as_text, load_json
from .markup import picture_tag
from .sourcefabric_text import block, embed, free_type, quote

NOT_NEWS = ("comment", "advert")  # beginnings of item types: “Advertisement Local”, …
OF_READERS = {"comment", "ad"}  # states of posts
CANCELLED = {"canceled", "cancelled", "killed", "recalled", "spiked"}


def read(data: bytes, *, zone, now, **options) -> list[Archive]:
    data = load_json(data)
    whole = as_dict(data)
    posts = _posts(data)
    if posts is None:
        raise Unreadable(Message(_("this is no answer of the API: it has no posts")))
    posts = as_entries(posts)
    ids = [_blog_of(post) for post in map(as_dict, posts)]
    own = as_text(as_dict(whole.get("blog")).get("_id")) or next(filter(None, ids), "")
    blogs: dict[str, list] = {}
    for number, (id, post) in enumerate(zip(ids, map(as_dict, posts), strict=True), 1):
        blogs.setdefault(id or own, []).append((f"item {number}", post))
    return [_Blog(id, found, whole, zone=zone, now=now).read() for id, found in blogs.items()]


def _blog_of(post):
    blog = post.get("blog")
    return as_text(as_dict(blog).get("_id")) or as_text(blog)


def _posts(data):
    if isinstance(data, list):
        return data
    whole = as_dict(data)
    for value in (whole.get("posts"), whole.get("_items"), whole.get("items")):
        found = as_dict(value).get("_items", value)
        if isinstance(found, list):
            return found
    return [whole] if {"groups", "post_status"} & set(whole) else None


class _Blog:
    def __init__(self, id, posts, whole, *, zone, now):
        self.posts, self.zone, self.now = posts, zone, now
        expanded = [as_dict(post.get("blog")) for _where, post in posts]
        self.blog = as_dict(whole.get("blog")) or next(filter(None, expanded), whole)
        self.archive = Archive("sourcefabric", "", id or "blog")

    def read(self) -> Archive:
        archive, blog = self.archive, self.blog
        archive.headline = one_line(blog.get("title")) or f"Live blog {archive.id}"
        archive.standfirst = one_line(blog.get("description"), 1000)
        archive.language = as_text(blog.get("language"))
        status = as_text(blog.get("blog_status"))
        archive.state = status
        archive.is_ended = status == "closed" if status else None
        placed = []
        skipped = 0
        for where, post in self.posts:
            if self._is_of_readers(post):
                skipped += 1
            elif entry := self._entry(where, post):
                placed.append((entry, _order(post)))
        if skipped:
            archive.warn(
                _("comments and advertisements, which are no entries: %(count)d"), count=skipped
            )
        placed.sort(key=lambda each: (each[0].published_at or self.now, each[1]))
        archive.entries = [entry for entry, _place in placed]
        return archive

    def _is_of_readers(self, post):
        items = _items(post)
        is_reader = as_text(post.get("post_status")) in OF_READERS
        return is_reader or (
            bool(items) and all(_kind(item).startswith(NOT_NEWS) for item in items)
        )

    def _entry(self, where, post):
        id = as_text(post.get("_id")) or as_text(post.get("guid"))
        if not id:
            self.archive.refuse(where, "", _("the post has no id"))
            return None
        published = self._moment(post, "published_date", "firstcreated", "_created")
        state = self._state(post)
        if state == RETRACTED:
            return Entry(id, where, state=state, published_at=published)
        items = [each for each in _items(post) if _is_news(each)]
        headline, body = read_text(
            "".join(map(self._item, items)), self.archive, headline=_headline(post, items)
        )
        if not (headline or body):
            self.archive.refuse(where, id, _("the post has no text and no picture"))
            return None
        return Entry(
            id,
            where,
            headline=headline,
            body=body,
            state=state,
            published_at=published,
            edited_at=self._moment(post, "content_updated_date"),
            is_key_event=_is(post, "lb_highlight"),
            is_pinned=_is(post, "sticky") and state == PUBLISHED,
            authors=_authors(post, items),
        )

    def _state(self, post):
        states = {as_text(post.get(name)).lower() for name in ("pubstatus", "state")}
        if _is(post, "deleted") or states & CANCELLED:
            return RETRACTED
        is_usable = as_text(post.get("pubstatus")).lower() in {"", "usable"}
        is_open = as_text(post.get("post_status")) == "open"
        return PUBLISHED if is_open and is_usable and not self._is_held(post) else DRAFT

    def _is_held(self, post):
        """Embargoed, barred from publication, or taken back after it was published."""
        settings = as_dict(post.get("schedule_settings"))
        embargo = settings.get("utc_embargo") or post.get("embargo")
        until = read_moment(embargo, self.zone)
        if embargo and (until is None or until > self.now):
            return True
        if _is(as_dict(post.get("flags")), "marked_for_not_publication"):
            return True
        taken_back = self._moment(post, "unpublished_date")
        published = self._moment(post, "published_date")
        return bool(taken_back and (published is None or taken_back > published))

    def _moment(self, post, *names):
        moments = (read_moment(post.get(name), self.zone) for name in names)
        return next(filter(None, moments), None)

    # -- items

    def _item(self, item):
        kind = _kind(item)
        meta, text = as_dict(item.get("meta")), as_text(item.get("text"))
        if kind in {"image", "picture"}:
            return self._picture(item, meta, text)
        if kind == "quote":
            return quote(as_text(meta.get("quote")) or text, as_text(meta.get("credit")))
        if kind in {"embed", "video", "tweet", "instagram", "youtube"}:
            return embed(meta, text)
        if text or not meta:
            return block(text)
        return free_type(meta)

    def _picture(self, item, meta, text):
        media = as_dict(meta.get("media")) or as_dict(item.get("media"))
        renditions = as_dict(media.get("renditions")) or as_dict(item.get("renditions"))
        named = [renditions.get(name) for name in ("original", "baseImage", "viewImage")]
        address = next(
            (as_text(each["href"]) for each in map(as_dict, named) if each.get("href")), ""
        )
        if not address:
            return block(text)
        address = re.sub(r"^//", "https://", address.strip())
        self.archive.picture(
            address,
            alt=one_line(meta.get("alt") or meta.get("alt_text"), 500),
            caption=one_line(meta.get("caption"), 1000),
            credit=one_line(meta.get("credit"), 150),
        )
        return picture_tag(address)


def _items(post):
    """The items of a post, in the order of its groups."""
    items, seen = [], set()
    for group in map(as_dict, as_list(post.get("groups"))):
        for ref in map(as_dict, as_list(group.get("refs"))):
            item = as_dict(ref.get("item"))
            id = as_text(item.get("_id")) or as_text(ref.get("residRef"))
            if item and (not id or id not in seen):
                items.append(item)
                seen.add(id)
    direct = [as_dict(each).get("item", each) for each in as_list(post.get("items"))]
    main = as_dict(post.get("mainItem")).get("item")
    return items or [as_dict(each) for each in [*as_list(main), *direct]]


def _is_news(item):
    return not (_is(item, "deleted") or _kind(item).startswith(NOT_NEWS))


def _kind(item):
    return as_text(item.get("item_type")).lower()


def _is(data, name):
    return as_text(data.get(name)).lower() in {"true", "1"}


def _headline(post, items):
    heads = [as_text(post.get("headline")), *(as_text(each.get("headline")) for each in items)]
    return next(filter(None, heads), "")


def _authors(post, items):
    data = [post.get("syndicated_creator"), post.get("original_creator")]
    data += [item.get("original_creator") for item in items] + [post.get("publisher")]
    for person in map(as_dict, data):
        name = names_in(as_text(person.get("display_name")) or as_text(person.get("byline")))
        if name:
            return name
    return names_in(as_text(post.get("byline")))


def _order(post):
    order = post.get("order")
    return float(order) if isinstance(order, int | float) and abs(order) < 1e15 else 0.0
