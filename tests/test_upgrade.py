"""The release before goes on publishing while this one's migrations run."""

import io
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from tests import postgres, releases, tools

ROOT = Path(__file__).resolve().parent.parent
NO_HISTORY = (
    f"No commit {releases.COMMIT[:10]} here, so no upgrade was tested: git fetch --unshallow"
)
# SQLite has one writer, and is upgraded with the server stopped.
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not os.environ.get("TEST_POSTGRES"), reason="needs PostgreSQL"),
]
# Publishes until its standard input ends; a line for each update.
PUBLISHER = """
import sys, threading
import django
django.setup()
from tests import cast
from liveblog.models import Story
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
editor = cast.make_editor()
story = cast.make_live_story(editor)
while not ended.is_set():
    cast.publish(story, editor)
    print(Story.objects.get(pk=story.pk).revision, flush=True)
"""
READER = """
from liveblog.models import Story
from tests import cast
from django.contrib.auth.models import User
from django.test import Client
story = Story.objects.get()
update = cast.publish(story, User.objects.get(username="edith"), "Published by the new release.")
page = Client(SERVER_NAME="localhost").get(story.get_absolute_url()).content.decode()
assert "Published by the new release" in page
print(story.revision, story.updates.public().count())
"""


@pytest.fixture
def release(tmp_path):
    """The folder of the release before, from the repository's history."""
    done = subprocess.run(
        ["git", "archive", releases.COMMIT], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        tools.absent.add(NO_HISTORY)
        pytest.skip(NO_HISTORY)
    folder = tmp_path / "release"
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


@pytest.fixture
def environment(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "DATABASE_URL": postgres.make_database(f"upgrade_{os.getpid()}"),
        "LOCAL_DIR": str(tmp_path / "local"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


class Publisher:
    """A process of the release before that publishes one update after another."""

    def __init__(self, folder, environment):
        self.revisions, self.has_ended, self._news = [], False, threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        for line in self.process.stdout:
            with self._news:
                self.revisions.append(int(line))
                self._news.notify_all()
        with self._news:
            self.has_ended = True
            self._news.notify_all()

    def wait_for_more(self, count=5):
        """Wait until it has published some more updates, or has died."""
        with self._news:
            wanted = len(self.revisions) + count
            self._news.wait_for(lambda: self.has_ended or len(self.revisions) >= wanted, timeout=60)
            return len(self.revisions) >= wanted

    def end(self) -> str:
        """Let it finish; returns what it complained of."""
        self.process.stdin.close()
        self._thread.join(60)
        complaints = self.process.stderr.read()
        self.close()
        return complaints

    def close(self):
        if self.process.poll() is None and not self.has_ended:
            self.process.kill()
        self.process.wait(20)
        self._thread.join(20)
        for each in (self.process.stdin, self.process.stdout, self.process.stderr):
            each.close()


@pytest.fixture
def publisher(release, environment):
    run(release, environment, "manage.py", "migrate", "--verbosity", "0")
    publisher = Publisher(release, environment)
    yield publisher
    publisher.close()


def run(folder, environment, *arguments) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_release_before_publishes_while_migrations_run(publisher, environment):
    has_begun = publisher.wait_for_more()

    migrated = run(ROOT, environment, "manage.py", "migrate", "--no-color")
    goes_on = publisher.wait_for_more()
    complaints = publisher.end()

    assert (has_begun, goes_on, publisher.process.returncode) == (True, True, 0), complaints
    assert "Applying liveblog." in migrated
    first, last = publisher.revisions[0], publisher.revisions[-1]
    assert publisher.revisions == list(range(first, last + 1))
    read = run(ROOT, environment, "manage.py", "shell", "--no-imports", "-c", READER)
    assert read.split() == [str(last), str(len(publisher.revisions) + 1)]
