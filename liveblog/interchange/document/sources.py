"""The agencies, outlets and official bodies that documents name, with their spellings."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from liveblog.slugs import slugify

from . import vocabulary

AGENCY, OFFICIAL, PERSON, OUTLET = "agency", "official", "person", "outlet"

_FILE = Path(__file__).parent / "sources.toml"
_PARTS = re.compile(r"\s*[/|,(＝=／・、]\s*|\s+via\s+|\s+for\s+")
LONGEST = 200  # characters of a name that are looked at: patterns try each of them anew


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it; the same slug is the same source."""

    name: str
    kind: str

    @property
    def slug(self) -> str:
        return slugify(self.name, max_length=80)


def find_source(spelling: str) -> Source | None:
    """Return the source that is known under this spelling, in whatever case and width."""
    return _known().get(normal(spelling))


def normal(spelling: str) -> str:
    """Return a spelling as it is compared: `ＮＨＫ` is `nhk`."""
    text = spelling.replace("\xa0", " ")
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return vocabulary.fold(text)


@cache
def longest_spelling() -> int:
    return max(map(len, _known()))


@cache
def most_words() -> int:
    return max(len(spelling.split()) for spelling in _known())


def credited(name: str) -> Source:
    """Return the source that a picture's credit names, whole: `AP/Jane Doe` is one."""
    if known := find_source(name):
        return known
    parts = [find_source(part.rstrip(")")) for part in _PARTS.split(name[:LONGEST])]
    if any(part and part.kind == AGENCY for part in parts):
        return Source(name, AGENCY)
    is_one = len(parts) == 1
    looks_like_person = is_one and len(name.split()) in {2, 3}
    return Source(name, guess_kind(name, otherwise=PERSON if looks_like_person else OUTLET))


def guess_kind(name: str, *, otherwise: str) -> str:
    """Return what kind of source a name sounds like."""
    for kind in (AGENCY, OFFICIAL, OUTLET):
        if vocabulary.phrases(kind).search(name[:LONGEST]):
            return kind
    return otherwise


@cache
def _known() -> dict[str, Source]:
    """Return the table: agencies win over outlets, these over official bodies."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    known: dict[str, Source] = {}
    for kind in (OFFICIAL, OUTLET, AGENCY):
        for line in lists[kind]:
            spellings = [spelling.strip() for spelling in line.split("|")]
            for spelling in spellings:
                known[normal(spelling)] = Source(_name_for(spelling, spellings), kind)
    return known


def _name_for(spelling, spellings):
    """Return the first spelling; of another script than it, the first that begins alike.

    Readers of a Japanese story know 共同通信, not Kyodo.
    """
    if spelling[0] < "\u0250":
        return spellings[0]
    return next(each for each in spellings if normal(each)[:2] == normal(spelling)[:2])
