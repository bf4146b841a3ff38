"""A real server and a real Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def pytest_collection_modifyitems(items):
    here = [item for item in items if Path(__file__).parent in Path(item.path).parents]
    for item in here:
        item.add_marker("browser")
        if not CHROMIUM and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert CHROMIUM, "no Chromium here: apt-get install chromium"
    return {"executable_path": CHROMIUM, "args": FLAGS}


class Site:
    """A server of this project in a process of its own, on a database of its own."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "LOCAL_DIR": str(folder / "local"),
            "MEDIA_ROOT": str(folder / "media"),
            "PORT": str(port),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site's database; returns what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def start(self) -> None:
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "uvicorn", "config.asgi:application"),
                *("--host", "127.0.0.1", "--port", str(self.port)),
                *("--timeout-graceful-shutdown", "5"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        for _attempt in range(200):
            try:
                urllib.request.urlopen(self.url, timeout=5)
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def kill(self) -> None:
        """Die as by `kill -9`."""
        self.process.kill()
        self.process.wait()

    def password_of(self, name: str) -> str:
        return json.loads((self.folder / "local" / "accounts.json").read_text())[name]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demo, as `make run` serves it."""
    site = Site(tmp_path_factory.mktemp("site"), free_port())
    site.manage("migrate", "--verbosity", "0")
    site.manage("prepare_demo")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def sign_in(site, page):
    """Sign a page in as `chief` or `reporter`."""

    def sign_in(name="chief"):
        page.goto(f"{site.url}/admin/login/?next=/admin/")
        page.get_by_label("Username").fill(f"{name}@localhost")
        page.get_by_label("Password").fill(site.password_of(f"{name}@localhost"))
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{site.url}/admin/")
        return page

    return sign_in


@pytest.fixture
def assert_accessible():
    """Let axe look at a page; WCAG 2.2 AA and axe's best practices."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page, context=None):
        found = Axe().run(page, context=context)
        assert found.violations_count == 0, found.generate_report()

    return check
