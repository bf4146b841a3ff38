"""Read a fixture's file into rows of plain data, each with its place in the file."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

try:
    import yaml
except ImportError:
    yaml = None

MOST_BYTES = 48_000_000  # unpacked; `restore` is for a whole newsroom


class FixtureFileError(Exception):
    """The file can't be read; says where, and why."""


class PlacedRow(NamedTuple):
    """A row, and where it begins: “line 12” or, where lines are unknown, “row 3”."""

    place: str
    data: Any


def read_text(file) -> str:
    """Read an open fixture, packed or not, whose size is bounded as it is unpacked."""
    if names := getattr(file, "namelist", None):
        file = file.open(names()[0])
    written = file.read(MOST_BYTES + 1)
    if len(written) > MOST_BYTES:
        raise FixtureFileError(f"unpacked, it has more than {MOST_BYTES // 1_000_000} MB")
    return written.removeprefix("\ufeff") if isinstance(written, str) else _decoded(written)


def _decoded(written: bytes) -> str:
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad, line = error.object[error.start], error.object.count(b"\n", 0, error.start) + 1
        raise FixtureFileError(f"line {line}: the byte 0x{bad:02X} is not UTF-8") from error


def read_rows(text: str, format: str) -> Iterator[PlacedRow]:
    """Yield the rows of a fixture in one of the formats in `READERS`."""
    return READERS[format](text)


def _read_json(text):
    at, line = _skip_space(text, 0), 1
    if text[at : at + 1] != "[":
        raise FixtureFileError("line 1: a fixture is a list of rows, between [ and ]")
    begin, at = 0, _skip_space(text, at + 1)
    while text[at : at + 1] != "]":
        line, begin = line + text.count("\n", begin, at), at
        data, end = _decode(text, at, line)
        yield PlacedRow(f"line {line}", data)
        at = _next_row(text, end)
    if _skip_space(text, at + 1) < len(text):
        raise FixtureFileError(f"line {_line_at(text, at)}: something follows the list of rows")


def _next_row(text, end):
    """Return where the row after a comma begins, or the list's end."""
    at = _skip_space(text, end)
    mark = text[at : at + 1]
    following = _skip_space(text, at + 1) if mark == "," else at
    if mark not in (",", "]") or (mark == "," and text[following : following + 1] in ("]", "")):
        why = (
            "the list of rows has no end" if not mark else "a comma and a row, or ] should be here"
        )
        raise FixtureFileError(f"line {_line_at(text, at)}: {why}")
    return following


def _read_json_lines(text):
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            data, end = _decode(line, _skip_space(line, 0), number)
            if line[end:].strip():
                raise FixtureFileError(f"line {number}: a line holds one row, and no more")
            yield PlacedRow(f"line {number}", data)


def _read_yaml(text):
    if yaml is None:
        raise FixtureFileError("reading YAML needs the package PyYAML")
    try:
        rows = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FixtureFileError(" ".join(str(error).split())) from error
    if not isinstance(rows, list):
        raise FixtureFileError("a fixture is a list of rows")
    yield from (PlacedRow(f"row {number}", row) for number, row in enumerate(rows, start=1))


READERS = {"json": _read_json, "jsonl": _read_json_lines, "yaml": _read_yaml, "yml": _read_yaml}


def _decode(text, at, line):
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        there = line + text.count("\n", at, error.pos)
        raise FixtureFileError(f"line {there}: {error.msg}") from error
    except ValueError as error:
        raise FixtureFileError(f"line {line}: {error}") from error
    except RecursionError as error:
        raise FixtureFileError(f"line {line}: lists within lists without end") from error


def _once(pairs):
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"“{name}” is given twice")
        found[name] = value
    return found


def _refuse_number(written):
    raise ValueError(f"{written} is no number that can be kept")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse_number)


def _skip_space(text, at):
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _line_at(text, at):
    return text.count("\n", 0, at) + 1
