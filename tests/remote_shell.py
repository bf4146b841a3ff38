"""Runs pieces of Python on a site's database: one process that starts Django once.

Run as a program it reads a JSON string a line, runs it as code, and answers with a JSON object:
what the code printed, and the traceback where it failed.
"""

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import traceback

from . import preloaded


class RemoteShell:
    """A process beside a server; starts with the first piece of code, and again after a crash."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self._process: subprocess.Popen | preloaded.Fork | None = None
        self._lock = threading.Lock()

    def run(self, code: str) -> str:
        """Run code; returns what it printed, raises AssertionError with what went wrong."""
        with self._lock:
            if self._process is None:
                self._start()
            answer = self._ask(code)
            if not answer:
                self._end()
        assert answer, "The process died while it ran the code."
        printed, error = json.loads(answer)
        assert not error, printed + error
        return printed

    def close(self) -> None:
        with self._lock:
            if self._process:
                self._end()

    def _start(self):
        ours, other = socket.socketpair()
        with ours, other, os.fdopen(os.dup(2), "wb") as errors:
            files = (other, other, errors)
            self._process = preloaded.run(["tests.remote_shell"], self.environment, files)
            self._line = ours.makefile("rw")

    def _ask(self, code) -> str:
        with contextlib.suppress(ConnectionError):
            self._line.write(json.dumps(code) + "\n")
            self._line.flush()
            return self._line.readline()
        return ""

    def _end(self):
        with contextlib.suppress(ConnectionError):
            self._line.close()
        self._process.wait(60)
        self._process = None


def serve() -> None:
    """Answer until standard input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    answers, sys.stdout = sys.stdout, sys.stderr
    import django

    django.setup()
    for line in sys.stdin:
        answers.write(json.dumps(_run(json.loads(line))) + "\n")
        answers.flush()


def _run(code):
    printed, error = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, {"__name__": "shell"})
    except Exception:
        error = traceback.format_exc()
    finally:
        _disconnect()
    return printed.getvalue(), error


def _disconnect():
    """Leave no connection open: a database that others copy or restart has none of ours."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


if __name__ == "__main__":
    serve()
