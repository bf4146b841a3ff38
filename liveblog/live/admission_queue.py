"""Lets a crowd in a few at a time, behind whoever asks for something else."""

import asyncio
from collections import deque


class AdmissionQueue:
    """At most `at_once` of those who wait go on in one iteration of the event loop.

    While more come they wait: uvloop accepts one connection in each iteration, and what is still
    in the system's queue may be a request that is answered at once. So as not to starve the crowd,
    they wait for `most_passed` iterations at most.
    """

    def __init__(self, at_once: int, *, most_passed: int):
        self.at_once, self.most_passed = at_once, most_passed
        self._waiting: deque[asyncio.Future] = deque()
        self._has_grown, self._passed = False, 0

    async def wait(self) -> None:
        """Wait for a turn, in the order of the calls."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._let_in, loop)
        self._waiting.append(turn)
        self._has_grown = True
        await turn

    def _let_in(self, loop):
        if self._has_grown and self._passed < self.most_passed:
            self._has_grown = False
            self._passed += 1
        else:
            self._passed = 0
            for _ in range(min(self.at_once, len(self._waiting))):
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
        if self._waiting:
            loop.call_soon(self._let_in, loop)
