"""What was rendered of stories and not changed since: the newest for each place, bounded."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any
from weakref import WeakSet


class Recent:
    """Values by story and place, each with the key of what it was rendered from."""

    every: "WeakSet[Recent]" = WeakSet()

    def __init__(self, most: int):
        self.most = most
        self._held: OrderedDict[tuple, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()
        self.every.add(self)

    def get(self, story_id: int, place: Hashable, key: Hashable, render: Callable[[], Any]) -> Any:
        """Return the value of a story's place, rendered again where its key is another."""
        held = self._held.get((story_id, place))
        if held and held[0] == key:
            return held[1]
        value = render()
        with self._lock:
            self._held[story_id, place] = key, value
            self._held.move_to_end((story_id, place))
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return value

    def forget(self, story_id: int | None) -> None:
        """Drop what is held of a story; None: of all."""
        with self._lock:
            for place in [each for each in self._held if story_id in (None, each[0])]:
                del self._held[place]


def evict_recent(story_id: int | None) -> None:
    """Drop all that was rendered of a story from which something was taken down; None: of all."""
    for each in list(Recent.every):
        each.forget(story_id)
