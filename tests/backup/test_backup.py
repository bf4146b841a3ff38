"""A backup of a working newsroom, restored on an empty machine and compared page by page."""

import json
import os
import re
import stat

import pytest

from tests import postgres
from tests.server import Site

pytestmark = pytest.mark.server

SEED = """
from django.contrib.sessions.backends.db import SessionStore
from liveblog import publishing
editor = cast.make_editor()
story = cast.make_live_story(editor, "Bridge", slug="bridge")
for number in range(25):
    update = cast.publish(story, editor, f"Words of number {number}.")
gone = cast.publish(story, editor, "Taken down words.")
publishing.retract(gone, by=editor, note="It was wrong.")
SessionStore().create()
cast.make_live_story(editor, "Second", slug="second")
"""
PAGES = (
    *("/", "/front.json", "/live/bridge/", "/live/bridge/?order=oldest", "/live/second/"),
    *("/live/bridge/changes/0", "/live/bridge/atom.xml", "/live/bridge/feed.json"),
    *("/live/bridge/corrections/", "/sitemap.xml", "/search?q=number", "/feeds/rss.xml"),
)
PICTURE = "media/pictures/bridge.jpg"


@pytest.fixture
def newsroom(tmp_path):
    site = make_site(tmp_path / "newsroom")
    site.prepare(demo=False)
    site.shell(SEED)
    picture = site.folder / PICTURE
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\xff\xd8 not quite a picture " * 1000)
    yield site
    site.stop()


@pytest.fixture
def empty_machine(tmp_path):
    site = make_site(tmp_path / "empty")
    if site.environment["DATABASE_URL"].startswith("postgresql"):
        postgres.make_database(site.database)
    yield site
    site.stop()


def make_site(folder) -> Site:
    folder.mkdir()
    return Site(folder, SITE_URL="http://127.0.0.1:1", PATH=path_with_tools())


def path_with_tools() -> str:
    return f"{postgres.client_programs()}:{os.environ['PATH']}"


def pages_of(site) -> dict[str, tuple[int, str]]:
    """Every page's status and text, without the epochs: open pages are to load anew."""
    pages = json.loads(site.shell(f"paths = {PAGES!r}" + FETCH))
    pattern = re.compile("|".join(site.shell(EPOCHS).split()))
    return {path: (status, pattern.sub("EPOCH", text)) for path, (status, text) in pages.items()}


FETCH = """
import json
from django.test import Client
def fetch(path):
    answer = Client(headers={"host": "127.0.0.1"}).get(path)
    return answer.status_code, answer.content.decode()
print(json.dumps({path: fetch(path) for path in paths}))
"""
EPOCHS = """
from liveblog.models import Story
print(*Story.objects.values_list("epoch", flat=True))
"""
COUNT_SESSIONS = """
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""


def refusal_of(site, *arguments) -> str:
    with pytest.raises(AssertionError) as caught:
        site.manage(*arguments)
    return str(caught.value)


def test_a_restored_newsroom_shows_the_same_pages(newsroom, empty_machine, tmp_path):
    file = tmp_path / "newsroom.tar"
    newsroom.manage("backup", str(file))
    expected = pages_of(newsroom)
    epochs = set(newsroom.shell(EPOCHS).split())

    assert "has tables already" in refusal_of(newsroom, "restore", str(file))
    empty_machine.manage("restore", str(file))
    empty_machine.manage("migrate", "--check")

    assert pages_of(empty_machine) == expected
    assert {status for status, _ in expected.values()} == {200}
    assert "Words of number 24" in expected["/live/bridge/"][1]
    assert (empty_machine.folder / PICTURE).read_bytes() == (newsroom.folder / PICTURE).read_bytes()
    assert os.listdir(empty_machine.folder / "media") == ["pictures"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(epochs) == 2
    assert [int(each.shell(COUNT_SESSIONS)) for each in (newsroom, empty_machine)] == [1, 0]
    assert epochs.isdisjoint(empty_machine.shell(EPOCHS).split())
