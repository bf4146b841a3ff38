"""Which format a file is in, by what it begins with and what it holds."""

import re

from liveblog.interchange.archive import Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .files import as_dict, as_list, as_text, load_json

_PACKED = (b"PK\x03\x04", b"\x1f\x8b")
_LEAD = 20_000  # characters; WordPress puts comments before its first element
_OWN = re.compile(r'\{\s{0,20}"format"\s{0,9}:\s{0,9}"liveblog"')  # without reading the whole
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


def recognise(data: bytes) -> str:
    """Return the name of the format; raises `Unreadable` for an empty file."""
    if data.startswith(_PACKED):
        raise Unreadable(Message(_("this is a packed file (zip or gzip): unpack it first")))
    text = _beginning(data)
    if not text:
        raise Unreadable(Message(_("the file is empty")))
    if text[0] == "<":
        return _by_root(text)
    if _OWN.match(text):
        return "liveblog"
    if text[0] in "{[":
        return recognise_json(load_json(data))
    return "document"


def _beginning(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: 2 * _LEAD].decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    return data[:_LEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n\0")


def _by_root(text):
    if "http://wordpress.org/export/" in text:
        return "wordpress"
    found = _ROOT.search(re.sub(r"<[?!][^<>]*>", "", text))
    root = found[1].lower() if found else ""
    return "feed" if root in {"rss", "feed", "rdf"} else "liveblogposting"


def recognise_json(value: object) -> str:
    """Return the format of a JSON value; raises `Unreadable` where it fits none."""
    first = value[0] if isinstance(value, list) and value else value
    value = as_dict(first)
    if as_text(value.get("model")).startswith("liveblog."):
        raise Unreadable(Message(_("this is a fixture: load it with “manage.py loaddata”")))
    if value.get("format") == "liveblog":
        return "liveblog"
    if {"@context", "@graph", "@type"} & set(value):
        return "liveblogposting"
    if "jsonfeed.org" in str(value.get("version", "")):
        return "feed"
    if _is_guardian(as_dict(value.get("response")) or value):
        return "guardian"
    if _is_sourcefabric(value):
        return "sourcefabric"
    if set(value) & {"uri", "versioncreated", "versionCreated", "pubstatus", "pubStatus"}:
        return "ninjs"
    words = _("this JSON is in none of the formats that can be read")
    raise Unreadable(Message(words))


def _is_guardian(response):
    if {"userTier", "message"} <= set(response):  # the API's refusal
        return True
    items = [response.get("content"), *as_list(response.get("results"))[:1], response]
    return any(
        isinstance(each.get("blocks"), dict) or "webPublicationDate" in each
        for each in map(as_dict, items)
    )


def _is_sourcefabric(value):
    items = as_dict(value.get("posts")).get("_items", value.get("_items", value.get("posts")))
    if isinstance(items, list):
        return True
    return bool({"groups", "post_status"} & set(value))
