"""The tests run on the databases that they say they run on."""

import os

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
        else:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
