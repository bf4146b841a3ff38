"""Values that PHP serialised: WordPress keeps lists so in its meta fields."""

import re

_HEAD = re.compile(rb"(?:(N);|([bid]):([^;:]{1,40});|([sa]):(\d{1,9}):)")
DEEPEST = 10


class PHPError(ValueError):
    """This is no serialised value."""


def unserialize(text: str) -> object:
    """Read a value; arrays become dicts. A value serialised twice is read twice.

    Raises `PHPError`.
    """
    value = _read_whole(text)
    is_again = isinstance(value, str) and re.match(r"[aisbd]:", value)
    return _read_whole(value) if is_again else value


def _read_whole(text):
    data = text.strip().encode()
    value, end = _read(data, 0, 0)
    if end != len(data):
        raise PHPError(text)
    return value


def _read(data, at, depth):
    head = _HEAD.match(data, at)
    if not head or depth > DEEPEST:
        raise PHPError(data[at : at + 20])
    null, scalar, value, sized, size = head.groups()
    if null:
        return None, head.end()
    if scalar:
        return _scalar(scalar, value), head.end()
    read = _read_string if sized == b"s" else _read_array
    return read(data, head.end(), int(size), depth)


def _scalar(kind, value):
    try:
        return {b"b": lambda: value == b"1", b"i": lambda: int(value), b"d": lambda: float(value)}[
            kind
        ]()
    except ValueError as error:
        raise PHPError(value) from error


def _read_string(data, at, size, depth):
    end = at + 1 + size
    if data[at : at + 1] != b'"' or data[end : end + 2] != b'";':
        raise PHPError(data[at : at + 20])
    return data[at + 1 : end].decode("utf-8", "replace"), end + 2


def _read_array(data, at, size, depth):
    if data[at : at + 1] != b"{":
        raise PHPError(data[at : at + 20])
    found, at = {}, at + 1
    for _ in range(size):
        key, at = _read(data, at, depth + 1)
        found[str(key)], at = _read(data, at, depth + 1)
    if data[at : at + 1] != b"}":
        raise PHPError(data[at : at + 20])
    return found, at + 1
