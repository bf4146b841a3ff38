"""The command that imports a story: what it refuses before anything comes in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from liveblog.models import Story
from tests.interchange.samples import FOLDER

pytestmark = pytest.mark.django_db

FEED = FOLDER / "feed/atom.xml"


def import_feed(**options):
    call_command("import_story", FEED, stdout=StringIO(), stderr=StringIO(), **options)


@pytest.mark.parametrize("option", ["ledger", "addresses"])
@pytest.mark.parametrize(("name", "reason"), [("no/file", "no folder"), ("", "this is a folder")])
def test_file_that_can_not_be_written_is_refused_before_the_import(tmp_path, option, name, reason):
    with pytest.raises(CommandError, match=f"--{option} .*{reason}") as refused:
        import_feed(**{option: tmp_path / name})

    assert refused.value.returncode == 2
    assert not Story.objects.exists()


def test_database_that_is_away_is_told_in_a_sentence():
    def fail(execute, sql, params, many, context):
        raise OperationalError("database is locked")

    with connection.execute_wrapper(fail), pytest.raises(CommandError) as refused:
        import_feed()

    assert refused.value.returncode == 2
    assert "the database does not answer (database is locked); nothing came in" in str(
        refused.value
    )
