"""100,000 readers of one story by relays, full and thin, through the death of one relay.

`READERS` is their number, `RELAYS` how many relays hold them. Clients come from several
addresses, 127.0.0.x, and several processes: one address has 28,000 ports.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

from .newsroom import Newsroom
from .report import Row
from .server import Program, Server

SLUG = "crowd"
STREAM = f"/live/{SLUG}/stream"
NEEDS_STORIES = False
EVENTS = 20
ADDRESSES = 8
DIES_AFTER = 10  # events, then one relay is killed


def measure(newsroom: Newsroom) -> Iterator[Row]:
    readers = int(os.environ.get("READERS", 100_000))
    relays = int(os.environ.get("RELAYS", 4))
    with newsroom.writer() as writer:
        writer.ask(seed_small=[SLUG])
    yield from _crowd(newsroom, readers, relays, what="full events", most=5.0)
    yield from _crowd(newsroom, readers, relays, "--thin", what="thin push, beats", most=2.0)


def _crowd(newsroom, readers, relays, *flags, what, most):
    with ExitStack() as stack:
        origin = stack.enter_context(newsroom.serve())
        writer = stack.enter_context(newsroom.writer())
        held = [stack.enter_context(_relay(origin, *flags)) for _ in range(relays)]
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


def _relay(origin, *flags, port=0) -> Server:
    command = ("-m", "liveblog.relay", "--upstream", origin.url, *flags, "--port")
    return Server(*command, port=port)


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
    held[0] = stack.enter_context(_relay(origin, *flags, port=dead.port))
    back = {"port": dead.port, "path": STREAM, "epoch": epoch, "addresses": ADDRESSES}
    time.sleep(0.5)
    crowds[0].ask(come_back=back)
