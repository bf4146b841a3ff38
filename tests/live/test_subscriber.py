"""A reader's line: in order, at once while the socket takes it, and never without end."""

import asyncio

import pytest

from liveblog.live.subscriber import LIMIT, PIECE, Subscriber

pytestmark = pytest.mark.any_database


class Socket:
    """Takes what is sent while it is open, as a server does that waits for a slow reader."""

    def __init__(self):
        self.taken, self.open, self.is_cut = [], asyncio.Event(), False

    async def send(self, message):
        await self.open.wait()
        self.taken.append(message["body"])

    def cut(self):
        self.is_cut = True


def run(scene):
    async def play():
        socket = Socket()
        await scene(socket, Subscriber(socket.send, socket.cut))

    asyncio.run(play())


def test_push_writes_at_once_where_the_socket_takes_it():
    async def scene(socket, reader):
        socket.open.set()

        reader.push(b"one")
        reader.push(b"two")

        assert socket.taken == [b"one", b"two"]

    run(scene)


def test_what_waits_goes_out_later_in_order():
    async def scene(socket, reader):
        reader.push(b"a" * PIECE + b"b")
        reader.push(b"c")
        assert socket.taken == []

        socket.open.set()
        reader.finish()
        await asyncio.sleep(0.01)

        assert b"".join(socket.taken) == b"a" * PIECE + b"bc"
        assert socket.taken[-1] == b""

    run(scene)


def test_a_reader_who_takes_nothing_is_cut_off():
    async def scene(socket, reader):
        for _ in range(3):
            reader.push(b"x" * (LIMIT // 2))
        await asyncio.sleep(0.01)
        assert socket.is_cut

        socket.open.set()
        reader.push(b"late")
        await asyncio.sleep(0.01)

        assert socket.taken == []

    run(scene)
