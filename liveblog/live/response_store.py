"""The cached responses of a process: the current ones, and outdated ones for an outage."""

import time
from collections import OrderedDict
from collections.abc import Callable
from itertools import chain

from .cache_keys import is_change_answer
from .cached_response import CachedResponse

MEMORY = 64 * 2**20  # bytes of responses; the least recently asked for are dropped first
MOST_CHANGES = 16 * 2**20  # bytes of these for change answers: they push out no page


class ResponseStore:
    """Responses by their keys, the least recently asked for first.

    `current` are served. `outdated` show what readers saw before the last change, and are
    served only while the database is away: nothing in them was taken from readers.
    """

    def __init__(self):
        self.current: OrderedDict[str, CachedResponse] = OrderedDict()
        self.outdated: OrderedDict[str, CachedResponse] = OrderedDict()
        self.size = self.size_of_changes = 0
        self._keys: dict[int | None, set[str]] = {}  # by the story shown; None: several

    def get(self, key: str) -> CachedResponse | None:
        """Return a current response, and note that it is asked for."""
        response = self.current.get(key)
        if response:
            response.asked_at = time.monotonic()
            self.current.move_to_end(key)
        return response

    def put(self, key: str, response: CachedResponse) -> None:
        """Keep a current response; what is held of the address before is dropped."""
        self.drop(key)
        self.current[key] = response
        self._keys.setdefault(response.story_id, set()).add(key)
        self._count(key, response.size)
        while self.size_of_changes > MOST_CHANGES:
            self._drop_first(is_change_answer)
        while self.size > MEMORY:
            self._drop_first(lambda key: True)

    def drop(self, key: str) -> None:
        for responses in (self.current, self.outdated):
            response = responses.pop(key, None)
            if response:
                self._count(key, -response.size)
                self._forget_key(response.story_id, key)

    def _drop_first(self, is_meant: Callable[[str], bool]) -> None:
        self.drop(next(filter(is_meant, chain(self.outdated, self.current))))

    def _count(self, key, size):
        self.size += size
        self.size_of_changes += size if is_change_answer(key) else 0

    def _forget_key(self, story_id, key):
        keys = self._keys[story_id]
        keys.discard(key)
        if not keys:
            del self._keys[story_id]

    def set_aside(self, key: str) -> None:
        """Make a current response outdated."""
        response = self.current.pop(key, None)
        if response:
            self.outdated[key] = response

    def showing(self, story_id: int | None) -> list[tuple[str, CachedResponse]]:
        """Return all that shows a story, or several; None: all. The last asked for come first."""
        stories = self._keys if story_id is None else {None, story_id}
        keys = [key for each in stories for key in self._keys.get(each, ())]
        found = [(key, self.current.get(key) or self.outdated[key]) for key in keys]
        return sorted(found, key=lambda each: -each[1].asked_at)

    def story_ids(self) -> set[int]:
        return {each.story_id for each in self.current.values() if each.story_id is not None}
