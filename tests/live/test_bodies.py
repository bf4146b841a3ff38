"""Bodies are read whole, within a deadline."""

import asyncio

import pytest

from liveblog.live.bodies import Bodies, BodyRefused, SenderLeft

pytestmark = pytest.mark.any_database


def read(*messages, deadline=5.0):
    """Read a body whose messages come at once, and then nothing; returns it and what is held."""
    bodies = Bodies(deadline=deadline)
    waiting = list(messages)

    async def receive():
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def go():
        async with bodies.read(receive) as body:
            pieces = []
            while piece := body.read():
                pieces.append(piece)
            return b"".join(pieces), bodies.size

    try:
        return asyncio.run(go())
    finally:
        assert bodies.size == 0


def part(data, *, more=True):
    return {"type": "http.request", "body": data, "more_body": more}


def test_a_body_comes_whole_and_is_let_go():
    long = b"x" * 300_000

    assert read(part(long), part(b"y", more=False)) == (long + b"y", 300_001)


def test_a_slow_body_is_dropped():
    with pytest.raises(BodyRefused) as refused:
        read(part(b"x"), deadline=0.05)

    assert refused.value.status == 408


def test_a_sender_who_leaves_is_no_error():
    with pytest.raises(SenderLeft):
        read(part(b"x"), {"type": "http.disconnect"})
