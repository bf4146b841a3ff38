"""What was rendered of published updates, found again by their revision.

What an update looks like depends on its id and revision, and on what `story_key` names of its
story: every change that readers can see moves one of them (see `publishing`). So an update that
was rendered before costs no more than the few columns that name its revision. Of each form of
an update the newest is held; a removal drops all that is held of its story.
"""

import logging
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from liveblog.models import Story, Update
from liveblog.queries.pagination import UpdateRow

from .templates import speaking

log = logging.getLogger(__name__)

MOST = 8000  # forms of updates, of some 4 KB each; those rendered first are dropped first

Load = Callable[[dict[int, Story], Iterable[UUID]], list[Update]]
Row = UpdateRow | Update


class CachedForm(NamedTuple):
    story_id: int
    key: tuple
    value: Any


_cached: OrderedDict[tuple[UUID, str], CachedForm] = OrderedDict()
_lock = Lock()


def story_key(story: Story) -> tuple:
    """Return what an update's forms depend on beside the update's own revision."""
    return (
        story.epoch,
        story.reload_revision,
        story.slug,
        story.language,
        story.timezone,
        story.times_assigned,
    )


class Form:
    """One form in which updates are shown; `render` makes it of an update loaded `with_parts`."""

    def __init__(self, name: str, render: Callable[[Update], Any]):
        self.name, self._render = name, render

    def of_loaded(self, update: Update) -> Any:
        """Return the form of a loaded update, whose story was read before it.

        Only what readers may see is cached.
        """
        if not update.is_published:
            return self.render(update)
        key = (update.revision, *story_key(update.story))
        held = self._find(update.pk, key)
        return held.value if held else self._keep(update, key)

    def of_rows(self, story: Story, rows: Sequence[Row], load: Load) -> list:
        """Return the form of each row of a story that was read before them, in their order."""
        return [value for _, value in self.of_pairs([(story, row) for row in rows], load)]

    def of_pairs(self, pairs: Sequence[tuple[Story, Row]], load: Load) -> list[tuple[Story, Any]]:
        """Return each story with the form of its row; rows whose form is not held are loaded.

        What was taken down since the rows were read is left out.
        """
        held = {row.pk: self._find(row.pk, _key(story, row)) for story, row in pairs}
        stories = {story.pk: story for story, _ in pairs}
        values = {id: each.value for id, each in held.items() if each}
        missing = [id for id, each in held.items() if not each]
        self._check(stories, values, load)
        for update in load(stories, missing) if missing else []:
            if update.is_published:
                values[update.pk] = self.of_loaded(update)
        return [(story, values[row.pk]) for story, row in pairs if row.pk in values]

    def render(self, update: Update) -> Any:
        """Render the form of a loaded update, whatever is held."""
        with speaking(update.story.language):
            return self._render(update)

    def _find(self, id, key):
        held = _cached.get((id, self.name))
        return held if held and held.key == key else None

    def _keep(self, update, key):
        place, value = (update.pk, self.name), self.render(update)
        with _lock:
            _cached[place] = CachedForm(update.story_id, key, value)
            _cached.move_to_end(place)
            while len(_cached) > MOST:
                _cached.popitem(last=False)
        return value

    def _check(self, stories, values, load):
        """Render a sample again: nothing may change behind the revision."""
        sample = [id for id in values if random.random() < settings.CHECK_RENDERED]  # noqa: S311 # nosec B311 # a sample, no secret
        for update in load(stories, sample) if sample else []:
            now = Story.objects.get(pk=update.story_id)
            held = self._find(update.pk, _key(now, update))
            if held and self.render(update) != held.value:
                log.error("Update %s changed behind its revision (%s).", update.pk, self.name)


def _key(story, row):
    return (row.revision, *story_key(story))


def evict_articles(story_id: int | None) -> None:
    """Drop what is held of a story from which something was taken down; None: of all."""
    with _lock:
        for place in [p for p, held in _cached.items() if story_id in (None, held.story_id)]:
            del _cached[place]
