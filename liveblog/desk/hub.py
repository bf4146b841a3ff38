"""Between the notifications and the open desks: what is pushed to whom, in one event loop."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import translation

from liveblog.editing import presence, readers
from liveblog.editing.health import ProcessFigures, health_data
from liveblog.queries.desk_changes import newest_versions

from .changes import change_answer
from .open_desk import OpenDesk
from .visitor import Visitor, find_user_and_story

log = logging.getLogger(__name__)

TICK = 1.0  # seconds between two looks at who is here
CHECK = 2  # ticks between two checks of rights and positions: a stream ends within 5 s
TELL = 4  # ticks between two beats of presence to other servers
HEALTH = 5  # ticks between two readings of the health strip
BEAT = 15  # ticks between two signs of life

_pool = ThreadPoolExecutor(2, thread_name_prefix="desk")


class DeskHub:
    """All open desks of this process; `notify` may be called from any thread."""

    def __init__(self, process: ProcessFigures):
        self.process = process
        self.desks: dict[int, set[OpenDesk]] = {}
        self.server = secrets.token_hex(4)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._locks: dict[int, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task] = set()

    # -- desks

    async def open(self, desk: OpenDesk) -> None:
        """Give a desk what it missed, and from now on all that changes."""
        self.desks.setdefault(desk.visitor.story_id, set()).add(desk)
        await self.refresh(desk.visitor.story_id)
        await ask(presence.announce, [_beat_of(desk.visitor)])
        self._show_presence()
        await self._show_health([desk.visitor.story_id])

    def close_desk(self, desk: OpenDesk) -> None:
        story_id = desk.visitor.story_id
        here = self.desks.get(story_id, set())
        here.discard(desk)
        if not here:
            self.desks.pop(story_id, None)
            self._locks.pop(story_id, None)

    def close(self) -> None:
        """End all streams as the server stops."""
        for desk in [each for here in self.desks.values() for each in here]:
            desk.finish()

    # -- changes

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()

    def notify(self, story_id: int) -> None:
        """Note that a story has new history; from any thread."""
        if self._loop and story_id in self.desks:
            self._loop.call_soon_threadsafe(self._wake, story_id)

    def hear(self, payload: str) -> None:
        self.notify(int(payload))

    def _wake(self, story_id):
        task = asyncio.get_running_loop().create_task(self.refresh(story_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def refresh(self, story_id: int) -> None:
        """Push to a story's desks what they have not got; one at a time, in order."""
        async with self._locks.setdefault(story_id, asyncio.Lock()):
            alike: dict[tuple, list[OpenDesk]] = {}
            for desk in self.desks.get(story_id, ()):
                alike.setdefault((desk.visitor, desk.position), []).append(desk)
            for (visitor, position), desks in alike.items():
                await self._refresh(visitor, position, desks)

    async def _refresh(self, visitor, position, desks):
        while True:
            try:
                changes = await ask(_read, visitor, position)
            except DatabaseError:
                log.warning("The database does not answer; desks get changes later.")
                return
            if changes is None:
                _dismiss(desks)
                return
            position = changes["position"]
            for desk in desks:
                _push_changes(desk, changes)
            if not changes["more"]:
                return

    # -- time

    async def run(self) -> None:
        """Poll until cancelled: presence, rights, lost notifications, health and signs of life."""
        tick = 0
        while True:
            await asyncio.sleep(TICK)
            tick += 1
            try:
                await self._tick(tick)
            except DatabaseError as error:
                log.warning("The database does not answer: %s", error)
            except Exception:
                log.exception("The next tick will try again.")

    async def _tick(self, tick):
        if tick % TELL == 0:
            await ask(self._tell_others)
        self._show_presence()
        if tick % CHECK == 0:
            await self._check_rights()
            await self._look_for_missed()
        if tick % HEALTH == 0:
            await self._show_health(list(self.desks))
        if tick % BEAT == 0:
            for desk in self._all():
                desk.push("beat", {"position": desk.position})

    def _all(self) -> list[OpenDesk]:
        return [desk for here in self.desks.values() for desk in here]

    def _tell_others(self):
        readers.announce(self.server, self.process.followed())
        presence.announce([_beat_of(visitor) for visitor in {each.visitor for each in self._all()}])

    def _show_presence(self):
        for story_id, here in list(self.desks.items()):
            shown = _presence_of(story_id)
            for desk in here:
                desk.push_if_new("presence", shown)

    async def _check_rights(self):
        for visitor in {each.visitor for each in self._all()}:
            if await ask(find_user_and_story, visitor) is None:
                _dismiss([each for each in self._all() if each.visitor == visitor])

    async def _look_for_missed(self):
        watched = list(self.desks)
        newest = await ask(newest_versions, watched) if watched else {}
        for story_id in watched:
            at = f"-{newest.get(story_id, 0)}"
            if any(not desk.position.endswith(at) for desk in self.desks.get(story_id, ())):
                await self.refresh(story_id)

    async def _show_health(self, story_ids):
        for story_id in story_ids:
            shown = await ask(health_data, story_id, self.process)
            for desk in self.desks.get(story_id, ()):
                desk.push_if_new("health", shown)


async def ask(question: Callable, *arguments):
    """Ask the database in a thread of the desks' own; the connection goes back at once."""

    def answer():
        try:
            return question(*arguments)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(_pool, answer)


def _read(visitor: Visitor, position: str) -> dict | None:
    found = find_user_and_story(visitor)
    if found is None:
        return None
    user, story = found
    with translation.override(visitor.language):
        return change_answer(story, user, position)


def _push_changes(desk, changes):
    desk.position = changes["position"]
    if changes["reload"]:
        desk.push("reload", {"position": changes["position"]}, id=changes["position"])
        return
    common = {name: changes[name] for name in ("position", "status", "shown_in", "counts")}
    for place, change in enumerate(changes["changes"], start=1):
        is_last = place == len(changes["changes"])
        desk.push("change", common | change, id=changes["position"] if is_last else "")


def _dismiss(desks):
    for desk in desks:
        desk.finish("gone")


def _presence_of(story_id) -> dict:
    return {
        "here": _people(presence.at_desk(story_id)),
        "editing": {
            key: _people(people) for key, people in sorted(presence.editing_in(story_id).items())
        },
        "taken": presence.taken_in(story_id),
    }


def _people(people: dict[int, str]) -> list[dict]:
    return [{"id": pk, "name": name} for pk, name in sorted(people.items())]


def _beat_of(visitor: Visitor) -> list:
    key = presence.desk_key(visitor.story_id)
    return [key, visitor.user_id, visitor.name, visitor.story_id]
