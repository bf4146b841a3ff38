"""A bare Debian in a folder: a chroot with processes, mounts and a network of its own.

Nothing outlives the process that started it: the kernel ends a namespace with its first process,
and unmounts what was mounted in it.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .guide import ROOT

PLACE = ROOT / ".local" / "deploy-check"
BARE = PLACE / "bookworm.tar"
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
TOOLS = {"debootstrap": "debootstrap", "unshare": "util-linux", "nsenter": "util-linux"}
TOOLS |= {"ip": "iproute2", "git": "git", "tar": "tar"}
# Ends with this process, however that ends.
NAMESPACES = ("setpriv", "--pdeathsig", "KILL")
NAMESPACES += ("unshare", "--mount", "--pid", "--fork", "--kill-child")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What is kept for the next run, and where the machine looks for it.
CACHES = {"packages": "/var/cache/apt/archives", "pip": "/root/.cache/pip"}
MOUNTS = """
mount -t proc proc "$0/proc"
mount -t tmpfs tmpfs "$0/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
"""
BOUND = 'mount --bind "{kept}" "$0{place}"\n'
# A first process that has nothing to do, but to let those go whose parents ended before them.
FIRST = """exec chroot "$0" perl -e '$SIG{CHLD} = "IGNORE"; sleep 1000 while 1'"""


class Failed(Exception):
    """A command in a machine ended with an error; says what it said."""


class Machine:
    def __init__(self, name: str):
        self.root = PLACE / name
        self.first: subprocess.Popen | None = None

    def make(self) -> None:
        """Unpack the bare Debian, which debootstrap makes once."""
        self.remove()
        self.root.mkdir(parents=True)
        if not BARE.exists():
            _debootstrap(self.root)
        _run(["tar", "-xf", BARE, "-C", self.root])
        self._write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n")  # nothing starts by itself
        (self.root / "usr/sbin/policy-rc.d").chmod(0o755)
        self._write("etc/apt/apt.conf.d/90unattended", 'APT::Get::Assume-Yes "true";\n')
        self._write("etc/hosts", "127.0.0.1 localhost live.example.org\n::1 localhost\n")

    def copy(self, name: str) -> "Machine":
        """Return a machine that is as this one is now; neither may run."""
        other = Machine(name)
        other.remove()
        _run(["cp", "-a", "--reflink=auto", self.root, other.root])
        return other

    def install(self, commands: str, **environment: str) -> str:
        """Run commands with this machine's network, for what comes from outside."""
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        mounts = MOUNTS
        for name, place in CACHES.items():
            kept = PLACE / f"{self.root.name}-{name}"
            kept.mkdir(exist_ok=True)
            (self.root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
            mounts += BOUND.format(kept=kept, place=place)
        inside = ["sh", "-ec", f'{mounts} exec chroot "$0" sh -exc "$1"', self.root, commands]
        return _run([*NAMESPACES, *inside], env=self._outside() | environment)

    def boot(self) -> None:
        """Begin its life with a network that leads nowhere."""
        begin = f"ip link set lo up\n{MOUNTS}{FIRST}"
        self.first = subprocess.Popen([*NAMESPACES, "--net", "sh", "-ec", begin, self.root])
        self._wait_for_first_process()

    def run(self, commands: str, **environment: str) -> str:
        """Run commands on the running machine, in /srv/liveblog; return what they wrote."""
        within = ("nsenter", "-t", str(self._inner_process()), "-m", "-p", "-n", "-r")
        moved = f"cd /srv/liveblog\n{commands}"
        return _run([*within, "sh", "-exc", moved], env=_environment() | environment, cwd="/")

    def stop(self) -> None:
        if self.first:
            self.first.send_signal(signal.SIGKILL)
            self.first.wait()
            self.first = None

    def remove(self) -> None:
        self.stop()
        if self.root.exists():
            _run(["rm", "-rf", "--one-file-system", self.root])

    def _write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text)

    def _outside(self) -> dict[str, str]:
        """What this machine needs to reach the world: proxies, and a certificate authority."""
        names = [name for name in os.environ if name.lower().endswith("_proxy")]
        inherited = {
            name: os.environ[name] for name in (*names, "PIP_INDEX_URL") if name in os.environ
        }
        if bundle := os.environ.get("SSL_CERT_FILE"):
            shutil.copy(bundle, self.root / "etc/outside.crt")
            inherited |= dict.fromkeys(("PIP_CERT", "NODE_EXTRA_CA_CERTS"), "/etc/outside.crt")
        return _environment() | inherited

    def _inner_process(self) -> int:
        """The number, out here, of the machine's first process."""
        children = Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text()
        return int(children.split()[0])

    def _wait_for_first_process(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and self.first and self.first.poll() is None:
            try:
                command = Path(f"/proc/{self._inner_process()}/comm").read_text()
            except (IndexError, FileNotFoundError):
                command = ""
            if command.strip() == "perl":
                return
            time.sleep(0.05)
        raise Failed(f"{self.root} did not start.")


def missing_tools() -> set[str]:
    """Return the Debian packages that this machine lacks."""
    return {package for tool, package in TOOLS.items() if not shutil.which(tool)}


def _debootstrap(folder: Path) -> None:
    """Make the barest Debian, with the systemd that any real one has."""
    wanted = ("--variant=minbase", "--include=systemd", "bookworm")
    _run(["debootstrap", *wanted, folder, MIRROR])
    unfinished = BARE.with_suffix(".part")
    _run(["tar", "-C", folder, "--one-file-system", "-cf", unfinished, "."])
    unfinished.rename(BARE)


def _environment() -> dict[str, str]:
    return {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def _run(command: list, **options) -> str:
    """Run a command to its end; raise `Failed` with all that it said where it fails."""
    done = subprocess.run(
        [str(each) for each in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    with (PLACE / "log").open("a") as log:
        log.write(done.stdout)
    if done.returncode:
        raise Failed(done.stdout[-4000:])
    return done.stdout
