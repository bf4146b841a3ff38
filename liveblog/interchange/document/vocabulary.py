"""The words that the parser knows, of all its languages together: read from `words/*.toml`."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
# Scripts that put no spaces between words: a phrase may follow or precede anything.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


@cache
def languages() -> dict[str, dict]:
    """Return every table of words as written, by language."""
    files = sorted(_FOLDER.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


@cache
def words(table: str) -> frozenset[str]:
    """Return the words or phrases of one table in all languages, in lower case."""
    return frozenset(fold(each) for each in written(table))


@cache
def written(table: str) -> frozenset[str]:
    """Return the words or phrases of one table in all languages, as they are written."""
    tables = (language.get(table, ()) for language in languages().values())
    return frozenset(each for entries in tables for each in _entries(entries))


@cache
def months() -> dict[str, int]:
    """Return the number of every month's name."""
    numbers: dict[str, int] = {}
    for language in languages().values():
        for number, names in enumerate(language["months"], 1):
            for name in names.split():
                numbers.setdefault(fold(name.replace("_", " ")), number)
    return numbers


@cache
def phrases(table: str) -> re.Pattern[str]:
    """Return a pattern for any phrase of one table, the longest first, at words' borders."""
    return any_of(words(table))


def any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of these phrases; a space in one stands for any one space."""
    ordered = sorted(entries, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_as_pattern, ordered)) or r"(?!)", re.IGNORECASE)


def fold(text: str) -> str:
    """Return text in lower case, as the tables are compared."""
    return text.casefold().replace("’", "'")


def _as_pattern(phrase):
    pattern = re.escape(phrase).replace(r"\ ", r"\s").replace("'", "['’]").replace(r"\*", r"\w*")
    start = "" if _UNSPACED.match(phrase[0]) or phrase[0] == "*" else r"(?<!\w)"
    end = "" if _UNSPACED.match(phrase[-1]) or phrase[-1] in "*'’" else r"(?!\w)"
    return start + pattern + end


def _entries(entries):
    return entries.split() if isinstance(entries, str) else entries
