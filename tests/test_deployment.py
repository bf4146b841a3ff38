"""What `deploy/` ships, used as docs/deployment.md says: the unit, the settings, nginx.

As root, with nginx's own user and folders as the Debian package makes them; the rest of the
machine is left alone.
"""

import json
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pytest

from tests import postgres, tools
from tests.server import INHERITED, ROOT, free_port

pytestmark = [pytest.mark.any_database, pytest.mark.server]

DEPLOY = ROOT / "deploy"
HOST = "live.example.org"
PACKAGE = Path("/etc/nginx")  # the Debian package's configuration
PLAIN_VALUE = re.compile(r'[A-Z_]+=(?:"[^"$`\\]*"|[^\s"\'$`\\#&;|<>()]*)')
MARKED = 'story.updates.get(headline="Marker words")'


def lines_of(path):
    lines = path.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_example_of_settings_reads_alike_in_a_shell_and_in_systemd():
    """Plain values, or in double quotes without anything that a shell would replace."""
    lines = lines_of(DEPLOY / "liveblog.env")
    read = subprocess.run(
        ["/bin/sh", "-c", "set -a; . deploy/liveblog.env; env"],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
    )

    assert [line for line in lines if not PLAIN_VALUE.fullmatch(line)] == []
    assert read.stderr == ""
    assert {line.replace('"', "") for line in lines} <= set(read.stdout.splitlines())


def settings_of(folder, database_url) -> dict[str, str]:
    """Fill in the example as a newsroom does, and read it as a shell does."""
    filled = {"SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_URL": database_url}
    filled |= {"STATIC_ROOT": f"{folder}/staticfiles", "MEDIA_ROOT": f"{folder}/media"}
    text = (DEPLOY / "liveblog.env").read_text()
    for name, value in filled.items():
        text = re.sub(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
    (folder / "liveblog.env").write_text(text)
    command = ["/bin/sh", "-c", "set -a; . ./liveblog.env; env"]
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    read = subprocess.check_output(command, cwd=folder, env=kept, text=True)
    return dict(line.split("=", 1) for line in read.splitlines())


def command_of(port) -> list[str]:
    """The unit's ExecStart, on another port."""
    text = (DEPLOY / "liveblog@.service").read_text().replace("\\\n", " ")
    command = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1])
    assert command[0] == "/srv/liveblog/.venv/bin/python"
    command[command.index("--port") + 1] = str(port)
    return [sys.executable, *command[1:]]


class Deployment:
    """PostgreSQL, the unit's process and the package's nginx, each at a port of its own."""

    def __init__(self, folder: Path):
        self.folder, self.origin, self.port = folder, free_port(), free_port()
        self.database = postgres.Server()
        self.processes: list[subprocess.Popen] = []

    def start(self) -> None:
        self.database.make()
        self.database.start()
        url = postgres.make_database("liveblog", str(self.database.folder))
        self.environment = settings_of(self.folder, url)
        self.manage("migrate", "--verbosity", "0")
        # The editor and the libraries are most of the work, and on no page that is asked for.
        unused = ("--ignore", "ckeditor", "--ignore", "vendor")
        self.manage("collectstatic", "--noinput", "--verbosity", "0", *unused)
        self._start(command_of(self.origin), env=self.environment)
        wait_until(lambda: httpx.get(f"http://127.0.0.1:{self.origin}/readyz").is_success)
        self._start(["nginx", "-g", "daemon off;", "-c", self._configure_nginx()])
        wait_until(lambda: self.get("/robots.txt").is_success)

    def _configure_nginx(self) -> str:
        """Put the shipped files into a copy of the package's configuration."""
        copy = self.folder / "nginx"
        shutil.copytree(PACKAGE, copy, symlinks=True)
        shutil.rmtree(copy / "sites-enabled")  # the default site would take port 80
        shutil.copytree(DEPLOY / "liveblog", copy / "liveblog")
        shutil.copy(DEPLOY / "nginx.conf", copy / "conf.d" / "liveblog.conf")
        self._make_certificate()
        listen = "".join(
            f"{line}\n"
            for line in lines_of(DEPLOY / "liveblog" / "listen.conf")
            if "[::]" not in line or has_ipv6()
        )
        self._rewrite(copy / "liveblog" / "listen.conf", listen, {"443": str(self.port)})
        origins = {"8000": str(self.origin), "8001": str(self.origin)}  # one process does here
        self._rewrite(copy / "liveblog" / "upstream.conf", None, origins)
        self._rewrite(copy / "liveblog" / "paths.conf", None, {"/srv/liveblog": str(self.folder)})
        log = {"/var/log/nginx": str(self.folder), "flush=1s": "flush=1ms"}
        self._rewrite(copy / "liveblog" / "log.conf", None, log)
        named = {"/etc/nginx": str(copy), "/run/nginx.pid": f"{self.folder}/nginx.pid"}
        self._rewrite(copy / "nginx.conf", None, named | {"/var/log/nginx": str(self.folder)})
        return str(copy / "nginx.conf")

    def _rewrite(self, path, text, replaced):
        text = text or path.read_text()
        certificate = f"/etc/letsencrypt/live/{HOST}"
        for old, new in {**replaced, certificate: str(self.folder)}.items():
            text = text.replace(old, new)
        path.write_text(text)

    def _make_certificate(self):
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
                *("-subj", f"/CN={HOST}", "-keyout", self.folder / "privkey.pem"),
                *("-out", self.folder / "fullchain.pem"),
            ],
            check=True,
            capture_output=True,
        )

    def _start(self, command, **options):
        log = (self.folder / "log").open("ab")
        with log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, **options)
        self.processes.append(process)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(30)
        self.database.remove()

    def manage(self, *arguments) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def act(self, code) -> None:
        """Do something of an editor's in the newsroom's process."""
        self.manage("shell", "-v0", "-c", ACT + code)

    def get(self, path) -> httpx.Response:
        address = f"https://127.0.0.1:{self.port}{path}"
        return httpx.get(address, headers={"Host": HOST}, verify=False, timeout=20)


ACT = """
from django.contrib.auth.models import User
from liveblog import publishing
from liveblog.models import Story
from tests import cast
editor = User.objects.filter(username="edith").first() or cast.make_editor()
story = Story.objects.first() or cast.make_live_story(editor, "Bridge", slug="bridge")
"""


def wait_until(condition, seconds=120):
    until = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < until
        time.sleep(0.1)


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as door:
            door.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def deployment():
    if os.geteuid() != 0 or tools.find_nginx() is None or not PACKAGE.is_dir():
        tools.note_absence(tools.NO_NGINX)
        pytest.skip("needs root, and nginx of a Debian package")
    folder = Path(tempfile.mkdtemp(prefix="liveblog-deployment-", dir="/tmp"))
    folder.chmod(0o755)  # nginx's user reads the files in it
    deployment = Deployment(folder)
    try:
        deployment.start()
        yield deployment
    finally:
        deployment.stop()
        shutil.rmtree(folder)


def test_a_publish_and_a_takedown_pass_through_the_shipped_configuration(deployment):
    deployment.act("cast.publish(story, editor, 'Marker words.')")
    wait_until(lambda: "Marker words" in deployment.get("/live/bridge/").text)
    page = deployment.get("/live/bridge/")
    style = deployment.get(re.search(r'href="(/static/[^"]*\.css)"', page.text)[1])

    deployment.act(f"publishing.retract({MARKED}, by=editor, note='No.')")
    begun = time.monotonic()
    wait_until(lambda: "Marker words" not in deployment.get("/live/bridge/").text)

    assert time.monotonic() - begun < 30
    assert page.headers["strict-transport-security"]
    assert deployment.get("/live/bridge/").headers["x-cache"] in {"HIT", "UPDATING", "STALE"}
    assert style.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
    assert style.headers["content-encoding"] == "gzip"
    assert deployment.get("/admin/login/").status_code == 200


def test_the_shipped_log_is_json_and_names_no_reader(deployment):
    deployment.get("/live/nowhere/?q=a-readers-words")
    log = deployment.folder / "liveblog.log"
    wait_until(lambda: "/live/nowhere/" in log.read_text())

    lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert (lines[-1]["path"], lines[-1]["status"]) == ("/live/nowhere/", 404)
    assert len(lines[-1]["request"]) == 32
    assert "127.0.0.1" not in log.read_text()
    assert "a-readers-words" not in log.read_text()


def test_the_shipped_log_holds_no_one_time_link(deployment):
    deployment.get("/admin/welcome/MQ/c5n-secret/")
    deployment.get("/admin/welcome/../welcome//MQ/c5n-secret/")
    log = deployment.folder / "liveblog.log"
    wait_until(lambda: log.read_text().count('"/admin/welcome/"') == 2)

    assert "c5n-secret" not in log.read_text()


def test_an_outage_is_not_seen_through_the_shipped_configuration(deployment):
    deployment.act("cast.publish(story, editor, 'Stays here.')")
    wait_until(lambda: "Stays here" in deployment.get("/live/bridge/").text)
    deployment.database.stop()
    try:
        begun = time.monotonic()
        while time.monotonic() < begun + 35:  # past all that nginx may keep without asking
            answer = deployment.get("/live/bridge/")
            assert (answer.status_code, "Stays here" in answer.text) == (200, True)
            time.sleep(1)
        assert deployment.get("/topics/").status_code == 503
    finally:
        deployment.database.start()
    wait_until(lambda: deployment.get("/topics/").is_success)
