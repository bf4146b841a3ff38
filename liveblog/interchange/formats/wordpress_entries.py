"""The entries of a WordPress live blog, from the comments in which the plugin keeps them.

An edit overwrites an entry's comment, and adds a comment of the new text with the meta field
`liveblog_replaces`; a deletion adds an empty one, and moves the entry to the trash, from which
WordPress exports it with its text.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from liveblog.interchange.archive import (
    DRAFT,
    RETRACTED,
    Archive,
    EarlierText,
    Entry,
    names_in,
    one_line,
)
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .markup import split_headline
from .php import PHPError
from .wordpress_people import People, read_ids
from .wordpress_text import has_key_command, read_content
from .xml_stream import Element

YES = {"1", "true", "yes", "on"}
TRASH = {"trash", "post-trashed"}


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


def read_meta(element: Element) -> tuple[str, str]:
    return element.get("meta_key"), element.get("meta_value")


def read_comment(element: Element) -> Comment | None:
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
        meta=dict(read_meta(each) for each in element.all("commentmeta")),
    )


class Entries:
    """The entries of one post: comments grouped by the entry that they are about."""

    def __init__(self, archive: Archive, item: Element, *, people: People, zone):
        self.archive, self.people, self.zone = archive, people, zone
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
        # Where the original is not in the file, the newest edit has the text.
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
                EarlierText(moment, read_content(each.content, self.archive))
                for each, moment in zip(past[:-1], moments[:-1], strict=True)
            ),
            url=f"{self.archive.url}#{root}" if self.archive.url else "",
        )

    def _authors(self, comment):
        if comment.meta.get("liveblog_hide_authors", "").strip().lower() in YES:
            return ()
        people = self.people
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
        return read_moment(comment.at_gmt, UTC) or read_moment(comment.at, self.zone)


def _order(entry):
    return entry.published_at or datetime.max.replace(tzinfo=UTC), int_of(entry.id)


def int_of(id: str) -> int:
    return int(id) if id.isdecimal() and len(id) < 20 else 0


def _is_key(comment):
    marked = comment.meta.get("liveblog_key_entry", "").strip().lower() in YES
    return marked or has_key_command(comment.content)


def has_entries(item: Element) -> bool:
    """Whether a post has an entry that was not deleted."""
    return any(isinstance(each, Comment) and each.approved == "liveblog" for each in item.records)
