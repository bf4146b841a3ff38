"""Which revision each story has reached, as far as this process has learned."""

from dataclasses import dataclass

Position = tuple[str | None, int]  # epoch (a notification does not tell it) and revision


@dataclass(frozen=True)
class PolledPositions:
    """The positions that a poll read: those of all stories, or of the watched ones alone."""

    positions: dict[int, tuple[str, int]]
    has_all: bool


class Positions:
    """The positions of all stories that readers know of, by notifications and polls.

    A poll reads a number and a sum first (`figure`): where they are as expected, every change
    was notified. Stories named by a notification while a poll runs are left to the next one,
    since that poll may have read them before.
    """

    def __init__(self):
        self.are_known = False
        self._positions: dict[int, Position] = {}
        self._noted: set[int] = set()

    @property
    def figure(self) -> tuple[int, int] | None:
        """The number of stories and the sum of their revisions; None before the first poll."""
        if not self.are_known:
            return None
        return len(self._positions), sum(revision for _, revision in self._positions.values())

    def note(self, story_id: int, revision: int) -> None:
        """Take in a notification."""
        epoch, _ = self._positions.get(story_id, (None, 0))
        self._positions[story_id] = epoch, revision
        self._noted.add(story_id)

    def begin(self) -> None:
        """Begin a poll."""
        self._noted.clear()

    def take(self, found: PolledPositions, watched: set[int]) -> list[int]:
        """Take in what a poll found; returns the stories that changed without a notification."""
        is_first, self.are_known = not self.are_known, True
        asked = {*self._positions, *watched} if found.has_all else watched
        gone = asked - found.positions.keys() - self._noted
        for id in gone:
            self._positions.pop(id, None)
        there = {id: at for id, at in found.positions.items() if id not in self._noted}
        changed = [id for id, at in there.items() if not self._is_known(id, at)]
        self._positions.update(there)
        return [] if is_first else [*gone, *changed]

    def _is_known(self, id, there):
        epoch, revision = self._positions.get(id, (None, 0))
        return revision == there[1] and epoch in (None, there[0])
