"""WordPress's export (WXR) of posts with Automattic's Liveblog plugin.

The plugin keeps an entry as a comment whose type and state are both `liveblog`. An edit
overwrites it, and adds a comment of the new text with the meta field `liveblog_replaces`; a
deletion adds an empty one, and moves the entry to the trash, from which WordPress exports
it with its text.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from liveblog.interchange.archive import (
    DRAFT,
    RETRACTED,
    Archive,
    Entry,
    Past,
    Unreadable,
    names_in,
    one_line,
    site_of,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .markup import split_headline
from .php import PHPError
from .repair import decode_again, mend_words
from .wordpress_people import People, read_ids
from .wordpress_text import has_key_command, read_content
from .xml_stream import Element, read_xml

WP = "http://wordpress.org/export/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
YES = {"1", "true", "yes", "on"}
LIVE, ARCHIVED = {"enable", "1"}, {"archive"}
TRASH = {"trash", "post-trashed"}
# What WordPress calls the category of posts that nobody gave one, in its languages.
UNFILED = {"uncategorized", "uncategorised", "sin-categoria", "non-classe", "senza-categoria"}
UNFILED |= {"sem-categoria", "nicht-kategorisiert", "geen-categorie"}


@dataclass(slots=True)
class Comment:
    """A comment of the plugin's; who else wrote is not read at all."""

    id: str
    line: int
    approved: str
    at: str
    at_gmt: str
    content: str
    author: str
    user_id: str
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def replaces(self) -> str:
        return self.meta.get("liveblog_replaces", "").strip().lstrip("0")


def read(data: bytes, *, zone, **options) -> list[Archive]:
    """Read the live blogs of an export; ordinary posts are passed over."""
    root = read_xml(data, {"comment": _comment, "postmeta": _meta}, entries={"comment"})
    channel = next(iter(root.all("channel")), None)
    if channel is None or not root.name[1] == "rss":
        raise Unreadable(Message(_("this is no WordPress export: it has no channel")), "line 1")
    export = _Export(channel, zone)
    return [export.read_post(item) for item in export.items if export.is_live_blog(item)]


def _meta(element: Element) -> tuple[str, str]:
    return element.get("meta_key"), element.get("meta_value")


def _comment(element: Element) -> Comment | None:
    if element.get("comment_type") != "liveblog":
        return None
    return Comment(
        id=element.get("comment_id"),
        line=element.line,
        approved=element.get("comment_approved"),
        at=element.get("comment_date"),
        at_gmt=element.get("comment_date_gmt"),
        content=element.get("comment_content"),
        author=element.get("comment_author"),
        user_id=element.get("comment_user_id"),
        meta=dict(_meta(each) for each in element.all("commentmeta")),
    )


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
        return _metas(item).get("liveblog") in LIVE | ARCHIVED or any(_entries_of(item))

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
            _Entries(archive, self, item).read()
            return archive
        archive.standfirst = _words(item.get("encoded", WP), 1000)
        creator = item.get("creator")
        archive.authors = self.people.by_login.get(creator, ()) or names_in(creator)
        tags = [each for each in item.all("category") if _is_topic(each.attributes)]
        archive.topics = tuple(dict.fromkeys(_words(each.text, 150) for each in tags if each.text))
        archive.introduction = read_content(item.get("encoded", CONTENT), archive)
        archive.lead_picture = self._featured(metas, archive)
        _Entries(archive, self, item).read()
        return archive

    def _featured(self, metas, archive):
        found = self.attachments.get(metas.get("_thumbnail_id"))
        if found is None or not found.get("attachment_url"):
            return None
        return archive.picture(
            found.get("attachment_url"),
            alt=_words(_metas(found).get("_wp_attachment_image_alt"), 500),
            caption=_words(found.get("encoded", WP), 1000),
        )


class _Entries:
    """The entries of one post: comments grouped by the entry that they are about."""

    def __init__(self, archive: Archive, export: _Export, item: Element):
        self.archive, self.export = archive, export
        found = [each for each in item.records if isinstance(each, Comment)]
        for each in found:
            if not each.id:
                archive.refuse(f"line {each.line}", "", _("the comment has no id"))
        found = [each for each in found if each.id]
        self.roots: dict[str, str] = {}
        self.comments = {each.id: each for each in found if each.approved in {"liveblog", *TRASH}}
        for each in found:
            if each.id not in self.comments:
                values = {"line": each.line, "id": each.id, "state": one_line(each.approved, 20)}
                archive.warn(
                    _("line %(line)d: comment %(id)s is no entry: its state is “%(state)s”"),
                    **values,
                )
            elif self.comments[each.id] is not each:
                archive.refuse(f"line {each.line}", each.id, _("another comment has the same id"))

    def read(self) -> None:
        groups = defaultdict(list)
        for each in self.comments.values():
            groups[self._root(each)].append(each)
        found = [self._read_group(root, group) for root, group in groups.items()]
        entries = [each for each in found if each]
        self.archive.entries = sorted(entries, key=_order)

    def _root(self, comment):
        """The id of the entry that a comment is or replaces, over edits of edits."""
        passed, id = [], comment.id
        while id not in self.roots:
            passed.append(id)
            self.roots[id] = id  # where edits name each other in a circle, it ends here
            before = self.comments.get(id)
            id = (before and before.replaces) or id
        root = self.roots[id]
        self.roots |= dict.fromkeys(passed, root)
        return root

    def _read_group(self, root, group):
        group.sort(key=lambda each: int_of(each.id))
        first = next((each for each in group if each.id == root), group[0])
        where = f"line {first.line}"
        published = self._moment(first)
        edits = [each for each in group if each is not first]
        is_deletion = [not each.content for each in group if each.replaces]
        if self.archive.is_deleted or first.approved in TRASH or any(is_deletion):
            return Entry(root, where, state=RETRACTED, published_at=published)
        if published is None:
            self.archive.refuse(where, root, _("neither of its dates can be read"))
            return None
        return self._read_entry(root, where, first, edits, published)

    def _read_entry(self, root, where, first, edits, published):
        live = [each for each in edits if each.approved == "liveblog"]
        # Where the original is not in the file, the newest edit is what stands.
        content = live[-1].content if first.replaces and live else first.content
        if not content:
            self.archive.refuse(where, root, _("it has no text"))
            return None
        past = [first, *live] if first.replaces else live
        headline, body = split_headline(read_content(content, self.archive))
        moments = [self._moment(each) for each in past]
        return Entry(
            root,
            where,
            headline=headline,
            body=body,
            state=DRAFT if self.archive.is_private else "published",
            published_at=published,
            edited_at=max(filter(None, moments), default=None),
            is_key_event=_is_key(first),
            authors=self._authors(first),
            history=tuple(
                Past(moment, read_content(each.content, self.archive))
                for each, moment in zip(past[:-1], moments[:-1], strict=True)
            ),
            url=f"{self.archive.url}#{root}" if self.archive.url else "",
        )

    def _authors(self, comment):
        if comment.meta.get("liveblog_hide_authors", "").strip().lower() in YES:
            return ()
        people = self.export.people
        writer = people.by_id.get(comment.user_id) or names_in(comment.author)
        others = map(people.named, self._contributors(comment))
        return tuple(dict.fromkeys([*writer, *(name for names in others for name in names)]))

    def _contributors(self, comment):
        try:
            return read_ids(comment.meta.get("liveblog_contributors", ""))
        except PHPError:
            values = {"line": comment.line, "id": comment.id}
            self.archive.warn(
                _("line %(line)d: the contributors of entry %(id)s can't be read"), **values
            )
            return []

    def _moment(self, comment):
        return read_moment(comment.at_gmt, UTC) or read_moment(comment.at, self.export.zone)


def _order(entry):
    return entry.published_at or datetime.max.replace(tzinfo=UTC), int_of(entry.id)


def int_of(id: str) -> int:
    return int(id) if id.isdecimal() and len(id) < 20 else 0


def _is_key(comment):
    marked = comment.meta.get("liveblog_key_entry", "").strip().lower() in YES
    return marked or has_key_command(comment.content)


def _is_ended(said):
    return said in ARCHIVED if said in LIVE | ARCHIVED else None


def _is_topic(category):
    is_filed = category.get("nicename") not in UNFILED
    return category.get("domain") != "author" and is_filed


def _type(item):
    return item.get("post_type")


def _metas(item):
    return dict(each for each in item.records if isinstance(each, tuple))


def _entries_of(item):
    return (isinstance(each, Comment) and each.approved == "liveblog" for each in item.records)


def _words(text, most=300):
    return mend_words(one_line(decode_again(text or ""), most))
