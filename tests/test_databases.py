"""The tests run on the databases that they say they run on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_database_is_the_one_asked_for():
    assert connection.vendor == os.environ.get("TEST_DATABASE", "sqlite")


def test_database_is_real():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version_num")
            assert int(cursor.fetchone()[0]) >= 140000
            cursor.execute("SHOW data_directory")
            assert cursor.fetchone()[0] == f"{os.environ['TEST_POSTGRES']}/data"
        else:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.skipif(os.environ.get("TEST_DATABASE") != "postgresql", reason="PostgreSQL's own")
def test_server_is_gone_when_its_tests_are_killed():
    code = "import os, time, tests.postgres; print(os.environ['TEST_POSTGRES'], flush=True)"
    tests = subprocess.Popen(
        [sys.executable, "-c", f"{code}; time.sleep(60)"], stdout=subprocess.PIPE, text=True
    )
    folder = Path(tests.stdout.readline().strip())
    assert (folder / "data" / "postmaster.pid").exists()

    tests.kill()
    tests.communicate()

    until = time.monotonic() + 20
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
