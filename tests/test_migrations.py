"""Migrations run while the release before is publishing: none may do what that can't bear."""

import pytest
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import F, Q, Value

from tests import releases
from tests.migration_rules import problems_of

pytestmark = pytest.mark.any_database

# Problems that are none, each with the reason why.
ACCEPTED: dict[str, str] = {}


def test_migrations_since_the_release_let_it_go_on_publishing():
    loader = MigrationLoader(None)
    names = sorted(name for app, name in loader.disk_migrations if app == "liveblog")
    assert releases.MIGRATION in names

    found = []
    for name in names[names.index(releases.MIGRATION) + 1 :]:
        migration = loader.disk_migrations["liveblog", name]
        found += problems_of(migration, loader.project_state(list(migration.dependencies)))

    assert [each for each in found if each not in ACCEPTED] == []
    assert [each for each in ACCEPTED if each not in found] == []


def problems(*changes) -> list[str]:
    """Say what is wrong with changes of a table that exists already."""
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "text": models.CharField(max_length=50),
        "note": models.CharField(max_length=50, null=True),
    }
    before = ProjectState()
    before.add_model(ModelState("liveblog", "Page", list(fields.items())))
    migration = Migration("0002_change", "liveblog")
    migration.operations = list(changes)
    return problems_of(migration, before)


def nothing(apps, schema_editor):
    """Move no rows."""


REFUSED = {
    "remove a field": operations.RemoveField("page", "text"),
    "rename a field": operations.RenameField("page", "text", "words"),
    "delete a table": operations.DeleteModel("Page"),
    "rename a table": operations.RenameModel("Page", "Sheet"),
    "name a table anew": operations.AlterModelTable("page", "sheets"),
    "add a field that must be set": operations.AddField(
        "page", "more", models.CharField(max_length=9, default="")
    ),
    "add a computed field": operations.AddField(
        "page",
        "double",
        models.GeneratedField(
            expression=F("id") * 2, output_field=models.IntegerField(), db_persist=True
        ),
    ),
    "add a unique field": operations.AddField(
        "page", "code", models.CharField(max_length=9, null=True, unique=True)
    ),
    "demand a value": operations.AlterField("page", "note", models.CharField(max_length=50)),
    "shorten a field": operations.AlterField("page", "text", models.CharField(max_length=20)),
    "change a type": operations.AlterField("page", "text", models.IntegerField()),
    "index a field": operations.AlterField(
        "page", "text", models.CharField(max_length=50, db_index=True)
    ),
    "add an index": operations.AddIndex("page", models.Index(fields=["text"], name="by_text")),
    "add a constraint": operations.AddConstraint(
        "page", models.CheckConstraint(condition=~Q(text=""), name="has_text")
    ),
    "make pairs unique": operations.AlterUniqueTogether("page", {("text", "note")}),
    "move rows for good": operations.RunPython(nothing),
    "run SQL for good": operations.RunSQL("SELECT 1"),
    "hide it in the database's part": operations.SeparateDatabaseAndState(
        database_operations=[operations.RemoveField("page", "text")]
    ),
}
ALLOWED = {
    "add a field that may be null": operations.AddField(
        "page", "more", models.CharField(max_length=9, null=True)
    ),
    "add a field with a default in the database": operations.AddField(
        "page", "more", models.CharField(max_length=9, db_default=Value(""))
    ),
    "lengthen a field": operations.AlterField("page", "text", models.CharField(max_length=99)),
    "move rows and back": operations.RunPython(nothing, nothing),
    "forget a field, and keep its column": operations.SeparateDatabaseAndState(
        state_operations=[operations.RemoveField("page", "text")]
    ),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_change_that_stops_the_running_release_is_refused(change):
    assert len(problems(change)) == 1


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED.keys())
def test_change_that_the_running_release_does_not_see_is_allowed(change):
    assert problems(change) == []


def test_rows_are_not_moved_while_the_table_is_locked():
    add = ALLOWED["add a field that may be null"]
    move = ALLOWED["move rows and back"]

    assert len(problems(add, move)) == 1
    assert problems(move, add) == []


def test_new_table_may_have_all_it_needs():
    table = operations.CreateModel("Sheet", [("id", models.BigAutoField(primary_key=True))])
    field = operations.AddField("sheet", "more", models.CharField(max_length=9, default=""))
    index = operations.AddIndex("sheet", models.Index(fields=["id"], name="by_id"))

    assert problems(table, field, index) == []
