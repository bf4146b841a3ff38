"""An import that dies in the middle leaves nothing, and can be begun again."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.server import ROOT, Site

pytestmark = [pytest.mark.server, pytest.mark.thorough]

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Ferry strike",
    "feed_url": "https://old.example/feed.json",
    "items": [
        {
            "id": str(number),
            "content_text": f"Update {number}.",
            "date_published": f"2024-10-25T06:{number:02}:00Z",
            "image": "https://old.example/quay.jpg",
        }
        for number in range(1, 31)
    ],
}
COUNT = """
from liveblog.models import AuditEntry, Picture, Source, Story, Update, Version
models = (Story, Update, Version, Picture, Source)
print(sum(model.objects.count() for model in models))
print(AuditEntry.objects.filter(action="import").count())
"""


@pytest.fixture
def newsroom(tmp_path):
    """A newsroom's database and files, without a server."""
    site = Site(tmp_path)
    site.prepare(demo=False)
    yield site
    site.stop()


def test_a_killed_import_leaves_nothing(newsroom, tmp_path):
    source, media = tmp_path / "feed.json", tmp_path / "uploads"
    source.write_text(json.dumps(FEED))
    media.mkdir()
    os.mkfifo(media / "quay.jpg")  # the import waits where it reads this, all rows written
    command = [*("import_story", str(source)), *("--publish", "--media", str(media))]

    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=newsroom.environment
    )
    wait_for_reader(media / "quay.jpg", process)
    process.kill()
    process.wait()

    assert newsroom.shell(COUNT).split() == ["0", "0"]
    assert not list((tmp_path / "media").glob("pictures/*"))
    (media / "quay.jpg").unlink()
    assert "30 entries: 30 imported" in newsroom.manage(*command)


def wait_for_reader(path, process):
    """Wait until a program reads a named pipe: only then it can be opened to write."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("The import does not read the picture.")
