"""JSON-LD as far as schema.org's pages use it: types, references, values in several shapes."""

from collections.abc import Iterable

from .files import as_dict, as_list, as_text

_PREFIXES = ("", "schema:", "https://schema.org/", "http://schema.org/")


class Graph:
    """Things found in JSON values, by their ids; descriptions of one id are merged."""

    def __init__(self, values: Iterable[object]):
        self.found: list[dict] = []
        self.by_id: dict[str, dict] = {}
        waiting = list(values)[::-1]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += value[::-1]
            elif isinstance(value, dict):
                self._note(value)
                waiting += list(value.values())[::-1]

    def _note(self, thing):
        id = as_text(thing.get("@id"))
        if len(thing) > 1:
            self.found.append(thing)
        if not id or len(thing) < 2:
            return
        known = self.by_id.setdefault(id, thing)
        if known is not thing:
            _merge(known, thing)

    def things(self, type: str) -> list[dict]:
        """Return the things of a type, each once."""
        found = {}
        for thing in self.found:
            if self.is_a(thing, type):
                whole = self.resolve(thing)
                key = as_text(whole.get("@id")) or as_text(self.value(whole, "url")) or id(whole)
                if key in found and found[key] is not whole:
                    _merge(found[key], whole)
                found.setdefault(key, whole)
        return list(found.values())

    def is_a(self, thing, type: str) -> bool:
        return any(_is_type(each, type) for each in as_list(as_dict(thing).get("@type")))

    def resolve(self, value):
        """Return the thing that a reference means, else the value as it is."""
        properties = as_dict(value)
        return self.by_id.get(as_text(properties.get("@id")), value) if properties else value

    def value(self, thing, *names: str):
        """Return the first of these properties that a thing has."""
        properties = as_dict(thing)
        for name in names:
            for prefix in _PREFIXES:
                if properties.get(prefix + name) not in (None, "", []):
                    return properties[prefix + name]
        return None

    def first(self, thing, name: str) -> dict:
        values = as_list(self.value(thing, name))
        return as_dict(self.resolve(values[0])) if values else {}

    def text(self, thing, *names: str) -> str:
        for name in names:
            found = texts_of(self.value(thing, name))
            if found:
                return found[0]
        return ""

    def address(self, thing, *names: str) -> str:
        """Return the first address among these properties, given bare or as a thing with one."""
        if isinstance(thing, str):
            return thing.strip()
        for name in names:
            for value in as_list(self.value(thing, name)):
                properties = as_dict(value)
                found = (
                    as_text(properties.get("@id") or properties.get("url"))
                    if properties
                    else as_text(value)
                )
                if found:
                    return found.strip()
        return ""


def texts_of(value: object) -> list[str]:
    """Return texts however they are wrapped: bare, `@value`, a thing with a name, a list."""
    found = []
    for each in as_list(value):
        properties = as_dict(each)
        text = as_text(properties.get("@value") or properties.get("name") if properties else each)
        if text.strip():
            found.append(text)
    return found


def _is_type(said, type):
    return as_text(said).rpartition("/")[2].rpartition(":")[2] == type


def _merge(known, more):
    """Merge another description of a thing: lists grow, other values stay as first given."""
    for name, value in more.items():
        there = known.get(name)
        if there in (None, "", []):
            known[name] = value
        elif name in {"liveBlogUpdate", "blogPosts", "blogPost"} and there is not value:
            if not isinstance(there, list):
                there = known[name] = [there]
            there += as_list(value)  # in place: a copy for each script takes time by the square
