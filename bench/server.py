"""Processes that are measured: ours and its limits, started alike."""

import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.server import ROOT, free_port

INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
UVICORN = ("--no-server-header", "--no-access-log", "--log-level", "warning", "--loop", "uvloop")
UVICORN += (
    "--http",
    "config.http:BoundedHttpProtocol",
    "--backlog",
    "4096",
    "--timeout-graceful-shutdown",
    "5",
)

WANTED_FILES, NEEDED_FILES = 65_536, 10_500
STARTS_WITHIN = 120  # seconds; a busy machine takes its time


def most_open_files() -> int:
    """Return how many files a process here may open, once its limit is raised."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return WANTED_FILES if most == resource.RLIM_INFINITY else min(most, WANTED_FILES)


def raise_limits() -> None:
    """Let this process, and those that it starts, hold 10,000 connections and their files."""
    most, wanted = resource.getrlimit(resource.RLIMIT_NOFILE)[1], most_open_files()
    if wanted < NEEDED_FILES:
        sys.exit(
            f"A process here may open {wanted:,} files, and 10,000 readers take {NEEDED_FILES:,}. "
            "Raise the hard limit (ulimit -Hn), or LimitNOFILE= of the unit."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


class Program:
    """A Python module in a process of its own; a context manager."""

    def __init__(self, *command: str, environment: dict | None = None):
        self.command, self.environment = command, environment or {}
        self.process: subprocess.Popen | None = None

    def __enter__(self):
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            cwd=ROOT,
            env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def ask(self, **command) -> dict:
        """Send one line of JSON, and wait for the one that answers it."""
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.command} ended: {self.process.poll()}")
        return json.loads(line)

    @property
    def memory(self) -> int:
        """Bytes of resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return 1024 * int(status.partition("VmRSS:")[2].split()[0])

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(Program):
    """An ASGI application on uvicorn; or a program of its own that takes the port."""

    def __init__(self, *command: str, port: int = 0, environment: dict | None = None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        if len(command) == 1:
            command = ("-m", "uvicorn", *command, *UVICORN, "--port", str(self.port))
        else:
            command = (*command, str(self.port))
        super().__init__(*command, environment=environment)

    def __enter__(self):
        super().__enter__()
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError(f"{self.command} did not start.")


def serve_relay(origin: Server, *flags: str, port: int = 0) -> Server:
    """Return a relay of a server's streams."""
    command = ("-m", "liveblog.relay", "--upstream", origin.url, *flags, "--port")
    return Server(*command, port=port)
