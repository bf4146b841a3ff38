"""The other end of `server.Program`: a process that does what it is asked, line by line."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

import uvloop

from .server import raise_limits


def serve(find: Callable[[str], Callable[..., Awaitable]]) -> None:
    """Answer each line, `{command: argument}`, by the function that `find` has for the command."""
    raise_limits()
    uvloop.run(_serve(find))


async def _serve(find):
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        ((command, argument),) = json.loads(line).items()
        work = find(command)
        answer = await (work(**argument) if isinstance(argument, dict) else work(argument))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
