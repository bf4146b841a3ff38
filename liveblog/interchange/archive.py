"""A live blog as another system had it: what every reader makes, and the one store takes.

Plain data without Django. In the HTML of a body each picture is
`<img data-picture="…">` under its id here; what it shows is in `Archive.pictures`.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from liveblog.interchange.messages import Message

# Changing this changes the id of every update ever imported.
_NAMESPACE = uuid.UUID("5f0c1a5e-7b0e-5f57-9d3b-0d2f6a2f8b11")

PUBLISHED, DRAFT, RETRACTED = "published", "draft", "retracted"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}")


class Unreadable(ValueError):
    """The file can't be read at all: `where` in it and why, in one sentence."""

    def __init__(self, reason: str, where: str = ""):
        self.reason, self.where = reason, where
        super().__init__(f"{where}: {reason}" if where else str(reason))


@dataclass(frozen=True, slots=True)
class Cited:
    """Whom an entry cites; `kind` is one of a Source's kinds."""

    name: str
    kind: str = "outlet"
    url: str = ""
    role: str = "reported_by"


@dataclass(slots=True)
class ForeignPicture:
    """A picture by its address over there."""

    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def file_name(self) -> str:
        return unquote(parts_of(self.address).path.rpartition("/")[2]) if self.has_file else ""

    @property
    def has_file(self) -> bool:
        return "://" in self.address


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What an entry said before an edit; `at` is when it began to say so."""

    at: datetime | None
    body: str
    headline: str = ""


@dataclass(slots=True)
class Entry:
    """One entry; `where` names its place in the file to an editor."""

    id: str
    where: str
    headline: str = ""
    body: str = ""
    state: str = PUBLISHED
    published_at: datetime | None = None
    edited_at: datetime | None = None
    is_key_event: bool = False
    is_pinned: bool = False
    authors: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    pictures: tuple[uuid.UUID, ...] = ()  # those that have no place in the body
    history: tuple[EarlierText, ...] = ()
    url: str = ""
    original: dict = field(default_factory=dict)  # of our own export: the whole row

    @property
    def has_picture(self) -> bool:
        return bool(self.pictures) or "<img " in self.body


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that can't come in, and why."""

    where: str
    id: str
    reason: str


@dataclass(slots=True)
class Archive:
    """A live blog with its entries, the oldest first.

    `is_ended` is None where the format does not say. A private one never goes on air.
    """

    system: str
    site: str
    id: str
    headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    introduction: str = ""
    summary: str = ""
    slug: str = ""
    language: str = ""
    timezone: str = ""
    url: str = ""
    state: str = ""  # as the other system calls it, for a list
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    lead_picture: uuid.UUID | None = None
    is_ended: bool | None = None
    is_private: bool = False
    is_deleted: bool = False  # there: it makes no story, and takes down what came in before
    times_assigned: bool = False
    are_days_guessed: bool = False  # so that the next reading may guess others
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pictures: dict[uuid.UUID, ForeignPicture] = field(default_factory=dict)
    original: dict = field(default_factory=dict)  # of our own export: what no other format has

    def __len__(self) -> int:
        return len(self.entries) + len(self.refused)

    def uuid_of(self, entry_id: str) -> uuid.UUID:
        """The id of an entry here; updates of our own keep theirs."""
        if self.system == "liveblog":
            return uuid.UUID(entry_id)
        return self._uuid("entry", entry_id)

    @property
    def uid(self) -> uuid.UUID:
        """The story's own id here."""
        return self._uuid("story", self.id)

    def picture(self, address: str, **words: str) -> uuid.UUID:
        """Note a picture by its address; later words fill in what earlier ones left empty."""
        id = self._uuid("picture", address)
        known = self.pictures.setdefault(id, ForeignPicture(address))
        for name, value in words.items():
            if value and not getattr(known, name):
                setattr(known, name, value)
        return id

    def refuse(self, where: str, id: str, words: str, **values: object) -> None:
        self.refused.append(Refusal(where, id, Message(words, **values)))

    def warn(self, words: str, **values: object) -> None:
        self.warnings.append(Message(words, **values))

    def _uuid(self, what, id):
        return uuid.uuid5(_NAMESPACE, printable("\n".join((self.system, self.site, what, id))))


def printable(text: str) -> str:
    """Return a text that can be written as UTF-8: JSON may hold half a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


def parts_of(address: str) -> SplitResult:
    """Part an address (RFC 3986); all of it is path where it is none: `http://[`."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def absolute(base: str, address: str) -> str:
    """Join an address to its page's; empty where either is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def site_of(address: str) -> str:
    """Return a site's name for ids: its host and path, whatever the scheme."""
    parts = parts_of(address.strip())
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def one_line(text: object, most: int = 300) -> str:
    """Return the words of a text on one line, cut at a word's end where too long."""
    text = _CONTROLS.sub("", unescape(str(text or "")))
    return plain_line(re.sub(r"<[^<>]*>", " ", text), most)


def plain_line(text: str, most: int = 300) -> str:
    """Return the words of a text without markup on one line; what looks like a tag is a word."""
    words = " ".join(_CONTROLS.sub("", text).split())
    if len(words) <= most:
        return words
    return words[: most - 1].rpartition(" ")[0][: most - 1] + "…"


def names_in(*said: object) -> tuple[str, ...]:
    """Return names fit for bylines, each once; e-mail and IP addresses are none."""
    names = (one_line(each, 200) for each in said if isinstance(each, str))
    public_names = (name for name in names if name and not _is_private(name))
    return tuple(dict.fromkeys(public_names))


def _is_private(name):
    return len(name) > 150 or bool(_E_MAIL.search(name) or _IP.fullmatch(name))
