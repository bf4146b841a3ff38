"""An import that dies in the middle leaves nothing, and can be begun again."""

import json
import signal
import subprocess
import sys

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
# Imports a file, and dies as by `kill -9` once the rows of its entries are written.
DIE = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from django.core.management import call_command
from django.db import connection

def execute_and_die(execute, sql, *rest):
    result = execute(sql, *rest)
    if sql.startswith('INSERT INTO "liveblog_updatepicture"'):
        os.kill(os.getpid(), signal.SIGKILL)
    return result

with connection.execute_wrapper(execute_and_die):
    call_command("import_story", sys.argv[1], publish=True)
"""


@pytest.fixture
def newsroom(tmp_path):
    """A newsroom's database and files, without a server."""
    site = Site(tmp_path)
    site.prepare(demo=False)
    yield site
    site.stop()


def test_a_killed_import_leaves_nothing(newsroom, tmp_path):
    source = tmp_path / "feed.json"
    source.write_text(json.dumps(FEED))

    done = subprocess.run(
        [sys.executable, "-c", DIE, str(source)], cwd=ROOT, env=newsroom.environment
    )

    assert done.returncode == -signal.SIGKILL
    assert newsroom.shell(COUNT).split() == ["0", "0"]
    result = newsroom.manage("import_story", str(source), "--publish")
    assert "30 entries: 30 imported" in result
