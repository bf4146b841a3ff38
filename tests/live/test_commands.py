"""Commands in processes of their own, and pages that are open meanwhile."""

import json

import pytest

from tests.publishing.test_fixture_import import FIRST, SECOND, rows
from tests.sse import Subscriber

from .test_many_readers import is_postgresql

THIRD = "33333333-3333-4333-8333-333333333333"

# In one transaction, so that no server's ticker is quicker than the command.
DUE = """
from datetime import timedelta
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
with transaction.atomic():
    at = timezone.now()
    planned = publishing.schedule(
        cast.new_update(story), by=editor, at=at + timedelta(hours=1), content=cast.content("Due."))
    Update.objects.filter(pk=planned.pk).update(scheduled_for=at - timedelta(minutes=1))
    call_command("publish_due")
"""


@pytest.fixture
def servers(newsroom):
    """Two servers of one PostgreSQL; on SQLite one is the rule."""
    others = [newsroom.twin()] if is_postgresql else []
    for other in others:
        other.start()
    yield [newsroom, *others]
    for other in others:
        other.stop()


def test_commands_of_other_processes_reach_every_open_page(newsroom, servers, tmp_path):
    load(newsroom, tmp_path, rows())
    imported, due = (
        [Subscriber(f"{site.url}/live/{slug}/stream") for site in servers for _ in range(3)]
        for slug in ("kursk", "bridge")
    )

    third = next(row for row in rows() if row.get("pk") == SECOND) | {"pk": THIRD}
    load(newsroom, tmp_path, [*rows(first="First, told anew"), third])
    newsroom.act(DUE)

    for reader in (*imported, *due):
        reader.wait_for("change", 3 if reader in imported else 2, seconds=20)
        assert reader.is_open
        assert {event.name for event in reader.events} <= {"change", "beat"}
    assert {tuple(headlines(reader)) for reader in imported} == {tuple(sorted([FIRST, THIRD]))}
    assert {len(headlines(reader)) for reader in due} == {1}
    assert all("First, told anew" in json.dumps(reader.changes()) for reader in imported)


def load(site, folder, data):
    path = folder / "fixture.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    site.manage("loaddata", str(path), "--verbosity", "0")


def headlines(reader):
    return sorted(each["id"] for each in reader.changes() if each["type"] == "update")
