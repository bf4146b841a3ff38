"""Processes for the tests' sites that need not import Django again: forks of one that has.

Run as a program it loads Liveblog and forks for each order it is sent. A fork takes its site's
environment, reads the settings anew, and then runs what a process of its own would: uvicorn by
its command line, or a remote shell. It does so for sites that differ in database, port, folders
and the settings below alone: others are read while modules load.
"""

import atexit
import functools
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
OF_A_SITE = {"DATABASE_URL", "LOCAL_DIR", "MEDIA_ROOT", "PORT", "PYTHONDONTWRITEBYTECODE"}
READ_LATER = {"API_RATE", "GRACE_SECONDS", "GRIP_KEY", "GRIP_URL", "PUBLISH_DELAY"}
READ_LATER |= {"WEBHOOKS_ALLOW_PRIVATE"}
PROGRAMS = ("liveblog.migrations", "liveblog.management", "liveblog.relay")
SERVER = ("uvicorn.main", "uvicorn.loops.uvloop", "uvicorn.lifespan.on", "config.http")


def run(arguments, environment, files):
    """Run a module with the files as its input, output and errors; as a fork where that will do."""
    descriptors = [each.fileno() for each in files]
    if hasattr(os, "pidfd_open") and set(environment) <= OF_A_SITE.union(READ_LATER, INHERITED):
        is_postgresql = environment["DATABASE_URL"].startswith("postgresql")
        return _find_loader(is_postgresql).run(arguments, environment, descriptors)
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        **dict(zip(("stdin", "stdout", "stderr"), descriptors, strict=True)),
    )


class Fork:
    """Used like a `subprocess.Popen`; its exit status is unknown, and given as 0."""

    def __init__(self, pid: int):
        self.pid, self._descriptor = pid, os.pidfd_open(pid)

    def __del__(self):
        os.close(self._descriptor)

    def poll(self) -> int | None:
        return 0 if self._has_ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        if not self._has_ended(timeout):
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        return 0

    def _has_ended(self, timeout):
        return bool(select.select([self._descriptor], [], [], timeout)[0])

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._descriptor, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Loader:
    """The process that forks; it ends when pytest does, however that dies."""

    def __init__(self, environment: dict[str, str]):
        self._orders, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.preloaded", str(other.fileno())],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                start_new_session=True,  # Ctrl-C ends pytest, and this after it
            )
        atexit.register(self._end)

    def run(self, arguments, environment, descriptors) -> Fork:
        order = json.dumps([arguments, environment]).encode()
        socket.send_fds(self._orders, [order], descriptors)
        return Fork(int(self._orders.recv(100)))

    def _end(self):
        self._orders.close()
        self._process.wait()


@functools.cache
def _find_loader(is_postgresql: bool) -> Loader:
    """Start the loader for a kind of database, which some modules ask for while they load."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    url = "postgresql:///nowhere" if is_postgresql else "sqlite:////nowhere"
    return Loader({**inherited, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"})


def _serve(orders: socket.socket) -> None:
    """Fork for each order until there are no more; a fork leaves with what it is to do."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets whoever ends
    while True:
        order, descriptors, _, _ = socket.recv_fds(orders, 1 << 16, 3)
        if not order:
            return
        if pid := os.fork():
            orders.send(str(pid).encode())
            for each in descriptors:
                os.close(each)
        else:
            orders.close()
            _become(*json.loads(order), descriptors)
            return


def _load() -> None:
    """Import what servers and shells use; not `config.asgi`, which acts on the settings."""
    import django

    import liveblog

    django.setup()
    modules = [each.name for each in pkgutil.walk_packages(liveblog.__path__, "liveblog.")]
    for name in ("config.urls", "tests.cast", *SERVER, *modules):
        if not name.startswith(PROGRAMS):
            importlib.import_module(name)
    assert "config.wsgi" not in sys.modules


def _become(arguments, environment, descriptors) -> None:
    """Be the process that the order asks for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, each in enumerate(descriptors):
        os.dup2(each, number)
        os.close(each)
    os.environ.clear()
    os.environ.update(environment)
    _read_settings_anew()
    sys.argv[1:] = arguments[1:]
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


def _read_settings_anew():
    from django.conf import settings
    from django.db import connections

    module = importlib.reload(sys.modules["config.settings"])
    for name in filter(str.isupper, dir(module)):  # what apps have added to the settings stays
        setattr(settings, name, getattr(module, name))
    connections.__dict__.clear()
    connections.__init__()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    _load()
    _serve(socket.socket(fileno=int(sys.argv[1])))
