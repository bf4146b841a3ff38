"""100,000 readers of one story by relays, full and thin, through the death of one relay.

`READERS` is their number, `RELAYS` how many relays hold them: as many as the limit of open files
asks for, where nobody says. Clients come from several addresses, 127.0.0.x, and several processes:
one address has 28,000 ports.
"""

import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from .newsroom import Newsroom
from .report import Row
from .server import Program, most_open_files, serve_relay

SLUG = "crowd"
STREAM = f"/live/{SLUG}/stream"
NEEDS_STORIES = False
EVENTS = 20
ADDRESSES = 8
DIES_AFTER = 10  # events, then one relay is killed
LEAST_RELAYS = 4
OTHER_FILES = 200  # that a relay, or a process of clients, has open beside its readers


def measure(newsroom: Newsroom) -> Iterator[Row]:
    readers = int(os.environ.get("READERS", 100_000))
    relays = count_relays(readers, most_open_files(), os.environ.get("RELAYS"))
    with newsroom.writer() as writer:
        writer.ask(seed_small=[SLUG])
    yield from _crowd(newsroom, readers, relays, what="full events", most=5.0)
    yield from _crowd(newsroom, readers, relays, "--thin", what="thin push, beats", most=2.0)


def count_relays(readers: int, files: int, asked: str | None) -> int:
    """Return how many relays hold so many readers; exits where those asked for are too few."""
    room = files - OTHER_FILES
    enough = max(LEAST_RELAYS, math.ceil(readers / room))
    if asked and readers / int(asked) > room:
        sys.exit(
            f"A process here may open {files:,} files (ulimit -Hn): {asked} relays can't hold "
            f"{readers:,} readers. Take RELAYS={enough}, or raise the limit to "
            f"{math.ceil(readers / int(asked)) + OTHER_FILES:,}."
        )
    return int(asked) if asked else enough


def _crowd(newsroom, readers, relays, *flags, what, most):
    with ExitStack() as stack:
        origin = stack.enter_context(newsroom.serve())
        writer = stack.enter_context(newsroom.writer())
        held = [stack.enter_context(serve_relay(origin, *flags)) for _ in range(relays)]
        crowds = [stack.enter_context(Program("-m", "bench.streams")) for _ in held]
        memory = [relay.memory for relay in held]
        for relay, crowd in zip(held, crowds, strict=True):
            opened = {"count": readers // relays, "port": relay.port, "path": STREAM}
            crowd.ask(open={**opened, "addresses": ADDRESSES, "thin": "--thin" in flags})
        used = sum(relay.memory for relay in held) - sum(memory)
        lasts = _send(writer, stack, origin, held, crowds, flags)
        counted = [crowd.ask(count=None) for crowd in crowds]
    total = readers // relays * relays
    lost = total * EVENTS - sum(each["came"] for each in counted)
    lost += sum(each["missed"] + each["doubled"] for each in counted)
    last = max(lasts)
    yield Row(
        "crowd",
        f"{total:,} readers of {relays} relays, {what}: missed or doubled",
        f"{lost} of {total * EVENTS:,}",
        "",
        "",
        "0",
        lost == 0,
    )
    yield Row(
        "crowd",
        f"from the publication's start to the last of them, worst of {len(lasts)}",
        f"{last:.1f} s",
        "",
        "",
        f"≤ {most:g} s",
        last <= most,
    )
    kib = used / total / 1024
    yield Row("crowd", "memory a reader", f"{kib:.1f} KiB", "", "", "≤ 12", kib <= 12)


def _send(writer, stack, origin, held, crowds, flags) -> list[float]:
    """Publish, and kill a relay on the way; the seconds to the last reader of each publication."""
    lasts = []
    for number in range(EVENTS):
        if number == DIES_AFTER:
            _kill(stack, origin, held, crowds, writer.ask(cursor=SLUG)["epoch"], flags)
        answer = writer.ask(publish=SLUG)
        came = [crowd.ask(wait={"revision": answer["revision"]}) for crowd in crowds]
        late = sum(each["without"] for each in came)
        if late:
            raise RuntimeError(f"{late} readers did not get revision {answer['revision']}.")
        lasts.append(max(each["last"] for each in came) - answer["begun"])
    return lasts


def _kill(stack, origin, held, crowds, epoch, flags):
    """Kill the first relay as by a crash, start it again, and have its readers come back."""
    dead = held[0]
    os.kill(dead.process.pid, signal.SIGKILL)
    dead.process.wait(20)
    held[0] = stack.enter_context(serve_relay(origin, *flags, port=dead.port))
    back = {"port": dead.port, "path": STREAM, "epoch": epoch, "addresses": ADDRESSES}
    time.sleep(0.5)
    crowds[0].ask(come_back=back)
