"""Programs of this machine that some tests need; where one is absent, a line says so.

Under CI an absent one is an error: nothing may go untested there unnoticed.
"""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The shell draws no windows, and so needs half of the processor's time.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome-stable", "google-chrome"),
)
PLAYWRIGHTS = "ms-playwright/chromium-*/chrome-linux*/chrome"
VNU = "node_modules/vnu-jar/build/dist/vnu.jar"
NO_CHROMIUM = (
    "No Chromium here, so no test in tests/browser ran: apt-get install chromium-headless-shell"
)
NO_VNU = (
    "No Nu HTML checker here, so html5lib alone read the pages: install Java, then "
    "npm install --prefix .local/vnu vnu-jar"
)
NO_NGINX = "No nginx here, so deploy/nginx.conf was not tested: apt-get install nginx-light"
NO_PUSHPIN = "No Pushpin here, so GRIP was not tested: apt-get install pushpin"

absent: set[str] = set()  # lines for the end of the run


def note_absence(line: str) -> None:
    """Have the line said at the end of the run; under CI fail the test that asks."""
    if os.environ.get("CI"):
        pytest.fail(line)
    absent.add(line)


def find_chromium() -> str | None:
    """Find CHROMIUM, else the system's, else one that Playwright has installed."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES))
    cached = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")).glob(PLAYWRIGHTS)
    return next(filter(None, (*found, *map(str, cached))), None)


def find_vnu() -> list[str] | None:
    """Find the command of the Nu HTML checker: Java, and VNU_JAR or npm's vnu-jar."""
    places = [Path(os.environ.get("VNU_JAR", "none")), ROOT / ".local/vnu" / VNU, ROOT / VNU]
    jar = next((each for each in places if each.is_file()), None)
    # It runs for a second: compiling its code for a long life, and for all processors, costs more.
    options = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    return ["java", *options, "-jar", str(jar)] if jar and shutil.which("java") else None


def find_nginx() -> str | None:
    """Find nginx, also where Debian has it and users' paths do not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def find_pushpin() -> str | None:
    """Find Pushpin, also where Debian's users' paths do not look."""
    return shutil.which("pushpin") or shutil.which("pushpin", path="/usr/bin:/usr/sbin")
