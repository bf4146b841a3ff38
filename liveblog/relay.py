"""Run a relay: `python -m liveblog.relay --upstream https://live.example.org --port 9000`.

It holds one stream of each story that has readers, and sends it on to all of them. Several may
run on one machine or on many; readers of one that dies come back to another with their cursor.
"""

import argparse

import uvicorn

from liveblog.live.relay import Relay


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--upstream", required=True, help="the site's address, or another relay's")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--thin", action="store_true", help="send beats alone: pages fetch what changed"
    )


def run(*, upstream: str, port: int, host: str, thin: bool) -> None:
    """Serve until a signal ends it."""
    uvicorn.run(
        Relay(upstream.rstrip("/"), thin=thin),
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
        backlog=4096,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m liveblog.relay", description=__doc__)
    add_arguments(parser)
    options = parser.parse_args()
    run(upstream=options.upstream, port=options.port, host=options.host, thin=options.thin)


if __name__ == "__main__":
    main()
