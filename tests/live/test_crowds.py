"""Editors in crowds, and editors who wait for the database: readers do not wait with them."""

import os
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.editor import Desk

WAITING = 10
SIGN_INS = 40
STORY = "/live/ukraine-kursk/"


def read(site, number) -> int:
    """Ask for what no cache answers; returns the status."""
    return httpx.get(f"{site.url}/search?q=word{number}", timeout=20).status_code


@contextmanager
def locked(site):
    """Hold SQLite's one lock for writing, as a long import does."""
    connection = sqlite3.connect(site.folder / "site.sqlite3", isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@pytest.mark.skipif("TEST_POSTGRES" in os.environ, reason="SQLite has one lock for the whole file")
def test_publishes_that_wait_for_a_locked_database_keep_no_reader_waiting(site):
    desk = Desk(site)
    story = int(
        site.shell(
            "from liveblog.models import Story; print(Story.objects.get(slug='ukraine-kursk').pk)"
        )
    )
    headlines = [f"Waited {uuid.uuid4()}" for _ in range(WAITING)]
    with ThreadPoolExecutor(WAITING) as editors, httpx.Client(base_url=site.url) as reader:
        with locked(site):
            published = [editors.submit(desk.publish, story, each) for each in headlines]
            statuses = {read(site, number) for number in range(5)}
            pages = {reader.get(f"{STORY}{path}").status_code for path in ("", "changes/0")}
            waited = not any(each.done() for each in published)
        answers = [each.result() for each in published]
    desk.close()

    assert waited
    assert (statuses, pages) == ({200}, {200})
    assert {each.status_code for each in answers} == {302}
    page = httpx.get(f"{site.url}{STORY}").text
    assert all(each in page for each in headlines)


@pytest.mark.any_database
def test_readers_go_on_while_forty_sign_in_together(site):
    with ThreadPoolExecutor(SIGN_INS) as editors:
        signing_in = [editors.submit(Desk, site) for _ in range(SIGN_INS)]
        statuses, meanwhile = set(), 0
        while not all(each.done() for each in signing_in):
            statuses.add(read(site, meanwhile))
            meanwhile += sum(each.done() for each in signing_in) < SIGN_INS
        for each in signing_in:
            each.result().close()  # fails where somebody was refused

    assert statuses == {200}
    assert meanwhile > 5  # in line with the sign-ins there would be two or three
