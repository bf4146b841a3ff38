"""Who wrote a WordPress site's posts and entries: names by user ids and by logins."""

from collections.abc import Iterable

from liveblog.interchange.archive import names_in

from .php import unserialize
from .xml_stream import Element


class People:
    """The authors that an export lists, and those who signed `(user id, name)` an entry."""

    def __init__(self, authors: Iterable[Element], signed: Iterable[tuple[str, str]]):
        self.by_id: dict[str, tuple[str, ...]] = {}
        self.by_login: dict[str, tuple[str, ...]] = {}
        for each in authors:
            name = names_in(each.get("author_display_name")) or names_in(
                f"{each.get('author_first_name')} {each.get('author_last_name')}"
            )
            self.by_id[each.get("author_id")] = self.by_login[each.get("author_login")] = name
        # WordPress lists only those who wrote a post.
        self.by_entry = {id: names_in(name) for id, name in signed if id.strip("0")}

    def named(self, user_id: str) -> tuple[str, ...]:
        return self.by_id.get(user_id) or self.by_entry.get(user_id, ())


def read_ids(said: str) -> list[str]:
    """Read the ids of users that a meta field holds; raises `PHPError`."""
    value = unserialize(said) if said else []
    if isinstance(value, dict):
        return [str(each) for each in value.values()]
    return [str(value)] if value else []
