"""A newsroom to measure: production settings, a database of its own, stories of several sizes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.server import ROOT, free_port

from .server import INHERITED, Program, Server


class Newsroom:
    """One database and the settings that go with it; `vendor` is postgresql or sqlite."""

    def __init__(self, vendor: str, database: str):
        self.vendor = vendor
        self.folder = Path(tempfile.mkdtemp(prefix="liveblog-bench-"))
        self.port = free_port()
        self.environment = {
            "DATABASE_URL": database or f"sqlite:///{self.folder / 'bench.sqlite3'}",
            "DEBUG": "0",
            "SECRET_KEY": "measured-only-" + "x" * 50,
            "SITE_NAME": "Bench",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "LOCAL_DIR": str(self.folder / "local"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "LOG_LEVEL": "ERROR",
            "API_RATE": "100000000",  # `bench.api` asks as fast as it is answered
        }
        self.seeded: dict = {}

    def prepare(self, sizes: list[int]) -> None:
        """Make the database and its stories; `seeded` is what `bench.writer` says of them."""
        self._manage("migrate", "--verbosity", "0")
        self._manage("collectstatic", "--noinput", "--verbosity", "0")
        with self.writer() as writer:
            self.seeded = writer.ask(seed=sizes)

    def serve(self, app: str = "config.asgi:application", *, port: int = 0) -> Server:
        return Server(app, port=port or self.port, environment=self.environment)

    def writer(self) -> Program:
        """A process of this newsroom that does what it is asked, and says how long it took."""
        return Program("-m", "bench.writer", environment=self.environment)

    def _manage(self, *command):
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**inherited, **self.environment},
            check=True,
        )
