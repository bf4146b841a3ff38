#!/usr/bin/env python3
"""Stands in for systemd in a chroot: starts and stops what the units say, as whom they say.

Knows start, stop, restart, reload and enable --now; of units what liveblog, nginx and PostgreSQL
use. Restarts, timers and hardening are systemd's own, and left out.
"""

import os
import pwd
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = [Path("/etc/systemd/system"), Path("/lib/systemd/system")]
STATE = Path("/run/stand-in")
LOGS = Path("/var/log/stand-in")
MOST_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


class Unit:
    """A unit's settings: for each name its values, in order."""

    def __init__(self, name: str):
        self.name = name if "." in name else f"{name}.service"
        stem, _, suffix = self.name.rpartition(".")
        template, at, self.instance = stem.partition("@")
        file = f"{template}@.{suffix}" if at else self.name
        found = [folder / file for folder in UNITS if (folder / file).exists()]
        if not found:
            sys.exit(f"Unit {self.name} not found.")
        self.settings: dict[str, list[str]] = {}
        for line in found[0].read_text().replace("\\\n", " ").splitlines():
            name, equals, value = line.partition("=")
            if equals and not line.startswith(("#", ";")):
                self.settings.setdefault(name.strip(), []).append(self._expanded(value.strip()))

    def _expanded(self, value: str) -> str:
        instance = {"%i": self.instance, "%I": self.instance.replace("-", "/")}
        for old, new in {**instance, "%%": "%", "$$": "$"}.items():
            value = value.replace(old, new)
        return value

    def first(self, name: str, default: str = "") -> str:
        return self.settings.get(name, [default])[0]

    @property
    def state(self) -> Path:
        return STATE / self.name

    def start(self) -> None:
        if self.name.endswith(".timer"):
            return
        for command in self.settings.get("ExecStartPre", []):
            self._wait_for(command)
        commands = self.settings["ExecStart"]
        if self.first("Type") in {"forking", "oneshot"}:
            for command in commands:
                self._wait_for(command)
        else:
            process = self._popen(commands[0])
            self.state.write_text(str(process.pid))

    def stop(self) -> None:
        """End it as systemd does; that it takes longer than it may is an error."""
        pid = int(self.state.read_text())
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + float(self.first("TimeoutStopSec", "90"))
        while Path(f"/proc/{pid}").exists():
            if time.monotonic() > until:
                sys.exit(f"{self.name} did not stop in time.")
            time.sleep(0.05)

    def restart(self) -> None:
        self.stop()
        self.start()

    def reload(self) -> None:
        self._wait_for(self.first("ExecReload"))

    def _wait_for(self, command: str) -> None:
        process = self._popen(command)
        if process.wait() and not command.startswith("-"):
            log = (LOGS / self.name).read_text()[-3000:]
            sys.exit(f"{self.name}: {command} ended with {process.returncode}.\n{log}")

    def _popen(self, command: str) -> subprocess.Popen:
        LOGS.mkdir(exist_ok=True)
        # While this is still root, who may lower it, and not everywhere raise it.
        limit = min(int(self.first("LimitNOFILE", "1024")), MOST_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, MOST_FILES))
        user = self.first("User", "root")
        with (LOGS / self.name).open("ab") as log:
            return subprocess.Popen(
                shlex.split(command.lstrip("-")),
                cwd=self.first("WorkingDirectory", "/"),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=pwd.getpwnam(user).pw_gid,
                extra_groups=[],
                umask=int(self.first("UMask", "0022"), 8),
            )

    def _environment(self) -> dict[str, str]:
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        if file := self.first("EnvironmentFile"):
            lines = Path(file).read_text().splitlines()
            pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
            environment |= {name: "".join(shlex.split(value)) for name, value in pairs}
        return environment


def main(verb: str, *names: str) -> None:
    STATE.mkdir(exist_ok=True)
    if verb == "daemon-reload":
        return
    verb = "start" if verb == "enable" and "--now" in names else verb
    for name in names:
        if not name.startswith("-"):
            getattr(Unit(name), verb)()


if __name__ == "__main__":
    main(*sys.argv[1:])
