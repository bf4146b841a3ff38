"""A file's bytes → text or JSON, bounded in size, depth and number of values."""

import codecs
import json
import re

from liveblog.interchange.archive import Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

MOST_BYTES = 64 * 2**20
MOST_ENTRIES = 100_000  # each of them costs a kilobyte or two, readable or not
MOST_VALUES = 2_000_000  # of JSON: some 200 MB as Python's objects at the worst
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def refuse_too_large(size: int) -> None:
    if size > MOST_BYTES:
        words = _("the file has %(size)d MB; %(most)d MB is the most that can be read")
        message = Message(words, size=-(-size // 2**20), most=MOST_BYTES // 2**20)
        raise Unreadable(message)


def decode(data: bytes) -> str:
    """Decode by the byte-order mark, as UTF-8, or by the charset that a page declares."""
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(data, 0, 4096)
        if declared and (text := _decode_as(declared[1].decode("ascii"), data)) is not None:
            return text
        line = data.count(b"\n", 0, error.start) + 1
        words = _("this is not UTF-8: byte 0x%(byte)02X")
        raise Unreadable(Message(words, byte=data[error.start]), f"line {line}") from error


def _decode_as(name, data):
    try:
        info = codecs.lookup(name)
        return None if info.name == "utf-8" or not info._is_text_encoding else data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def load_json(text: str | bytes):
    """Read JSON; raise `Unreadable` with the line."""
    text = decode(text) if isinstance(text, bytes) else text
    refuse_too_many_values(count_values(text))
    try:
        return json.loads(text, strict=False, parse_constant=lambda name: None, parse_int=_number)
    except json.JSONDecodeError as error:
        words = _("this is not JSON: %(problem)s")
        raise Unreadable(Message(words, problem=error.msg), f"line {error.lineno}") from error
    except RecursionError as error:
        raise Unreadable(Message(_("the file is nested too deeply"))) from error


def count_values(text: str) -> int:
    """Return about how many values JSON holds, without reading it."""
    return sum(text.count(sign) for sign in "{[,")


def refuse_too_many_values(count: int) -> None:
    if count > MOST_VALUES:
        words = _("the file holds more than %(most)d values, which is the most")
        raise Unreadable(Message(words, most=MOST_VALUES))


def _number(digits):
    """Numbers of thousands of digits take Python minutes, and mean nothing."""
    return int(digits) if len(digits) <= 30 else 0


def as_dict(value: object) -> dict:
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list:
    """A list as it is, one thing as a list of it, nothing as an empty one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def as_entries(value: object) -> list:
    """A list of entries; raises `Unreadable` where there are more than one import takes."""
    found = as_list(value)
    if len(found) > MOST_ENTRIES:
        raise too_many_entries()
    return found


def too_many_entries(where: str = "") -> Unreadable:
    words = _("the file has more than %(most)d entries: part it, and import each part")
    return Unreadable(Message(words, most=MOST_ENTRIES), where)


def as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
