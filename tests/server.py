"""A real server of this project: uvicorn in a process of its own, on a database of its own."""

import atexit
import contextlib
import copy
import functools
import itertools
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import postgres, preloaded
from .remote_shell import RemoteShell

ROOT = Path(__file__).resolve().parent.parent
INHERITED = preloaded.INHERITED
_count = itertools.count(1)


class Site:
    """One server and its data: SQLite, or a PostgreSQL database in the PostgreSQL run.

    Starts as the demo does, DEBUG on; `settings` are more of its environment.
    """

    def __init__(self, folder: Path, **settings: str):
        self.folder, self.port = folder, free_port()
        self.database = f"site_{os.getpid()}_{next(_count)}"
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | preloaded.Fork | None = None
        self.environment = {
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
            "DATABASE_URL": _database_url(folder, self.database),
            "LOCAL_DIR": str(folder / "local"),
            "MEDIA_ROOT": str(folder / "media"),
            "PORT": str(self.port),
            "PYTHONDONTWRITEBYTECODE": "1",
            **settings,
        }
        self._has_default_database = "DATABASE_URL" not in settings
        self._shell = RemoteShell(self.environment)

    @property
    def log(self) -> str:
        """What the server has said."""
        return (self.folder / "log").read_text()

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site's database; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        """Run Python on this site's database; `tests.cast` is there as `cast`."""
        return self._shell.run(f"from tests import cast\n{code}")

    def prepare(self, *, demo: bool) -> None:
        """Give the site a migrated database with local accounts, and the demo if asked.

        Migrated once for all sites, of which each gets a copy; a site with a database server
        of its own is migrated by itself.
        """
        if not self._has_default_database:
            _migrate(self, demo=demo)
            return
        template = _template(demo=demo)
        for name in ("local", "media", "site.sqlite3"):
            source = template.folder / name
            if source.is_dir():
                shutil.copytree(source, self.folder / name)
            elif source.exists():
                shutil.copy2(source, self.folder / name)
        if self.environment["DATABASE_URL"].startswith("postgresql"):
            postgres.make_database(self.database, template=template.database)

    def twin(self) -> "Site":
        """Make a second server of the same data, which has to be started and stopped."""
        twin = copy.copy(self)
        twin.port, twin.process = free_port(), None
        twin.url = f"http://127.0.0.1:{twin.port}"
        twin.environment = self.environment | {"PORT": str(twin.port)}
        return twin

    def start(self) -> None:
        command = [
            *("uvicorn", "config.asgi:application"),
            *("--host", "127.0.0.1", "--port", str(self.port)),
            *("--http", "config.http:BoundedHttpProtocol"),
            *("--no-server-header", "--timeout-graceful-shutdown", "10"),
        ]
        with (self.folder / "log").open("ab") as log, open(os.devnull, "rb") as nothing:
            self.process = preloaded.run(command, self.environment, (nothing, log, log))
        try:
            wait_until_it_answers(f"{self.url}/robots.txt", self.process)
        except AssertionError as error:
            self.kill()
            raise AssertionError(self.log) from error

    def stop(self) -> None:
        """End as by SIGTERM."""
        self._shell.close()
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def kill(self) -> None:
        """Die as by `kill -9`."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def password_of(self, name: str) -> str:
        """Return a local account's password."""
        return json.loads((self.folder / "local" / "accounts.json").read_text())[name]


def wait_until_it_answers(url: str, process: subprocess.Popen | preloaded.Fork) -> None:
    """Wait until a server that was just started answers, whatever it says."""
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{url} does not answer.")


def free_port() -> int:
    """Find a port below those that the system gives to connections, of other tests for example."""
    while True:
        port = random.randint(10_000, 32_000)
        with socket.socket() as door, contextlib.suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port


def _database_url(folder: Path, name: str) -> str:
    if os.environ.get("TEST_DATABASE") == "postgresql":
        return postgres.url(os.environ["TEST_POSTGRES"], name)
    return f"sqlite:///{folder / 'site.sqlite3'}"


@functools.cache
def _template(*, demo: bool) -> Site:
    """Make the site that others are copied from; never started."""
    folder = Path(tempfile.mkdtemp(prefix="liveblog-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    template = Site(folder)
    if os.environ.get("TEST_DATABASE") == "postgresql":
        postgres.make_database(template.database)
    _migrate(template, demo=demo)
    return template


def _migrate(site: Site, *, demo: bool) -> None:
    accounts = "" if demo else ", '--accounts-only'"
    site.shell(f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("prepare_demo"{accounts})
""")
    site.stop()
