"""What a migration may do while the release before is still publishing: see docs/upgrading.md."""

from collections.abc import Iterator

from django.db.migrations import Migration, operations
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ProjectState
from django.db.models import ManyToManyField

GONE = (
    *(operations.RemoveField, operations.RenameField, operations.DeleteModel),
    *(operations.RenameModel, operations.AlterModelTable),
)
LOCKING = (operations.AddIndex, operations.AddConstraint)
TOGETHER = (operations.AlterUniqueTogether, operations.AlterOrderWithRespectTo)


def problems_of(migration: Migration, before: ProjectState) -> list[str]:
    """Say what of a migration the running release could not live with; empty: nothing."""
    state, new = before.clone(), set()
    found, is_locked = [], False
    for operation in migration.operations:
        found += [f"{migration.name}: {each}" for each in _problems(operation, state, new)]
        if is_locked and isinstance(operation, operations.RunPython):
            found.append(f"{migration.name}: {operation.describe()}: the table is locked meanwhile")
        if isinstance(operation, operations.CreateModel):
            new.add(operation.name_lower)
        is_changed = isinstance(operation, FieldOperation) and operation.model_name_lower not in new
        is_locked |= migration.atomic and is_changed
        operation.state_forwards(migration.app_label, state)
    return found


def _problems(operation, state, new) -> Iterator[str]:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from _problems(each, state, new)
        return
    if not getattr(operation, "reversible", True):
        yield f"{operation.describe()}: it can't be undone"
    model = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
    if model in new:
        return
    if isinstance(operation, GONE):
        yield f"{operation.describe()}: the running release still uses it"
    if isinstance(operation, LOCKING) and type(operation) in LOCKING:
        yield f"{operation.describe()}: it blocks writing while it reads the whole table"
    if isinstance(operation, TOGETHER):
        yield f"{operation.describe()}: it blocks writing while it reads the whole table"
    if isinstance(operation, operations.AddField):
        yield from _added(operation)
    if isinstance(operation, operations.AlterField):
        yield from _altered(operation, state)


def _added(operation):
    field = operation.field
    if isinstance(field, ManyToManyField):
        return
    if field.generated:
        yield f"{operation.describe()}: it rewrites the table"
    elif not (field.null or field.has_db_default()):
        yield f"{operation.describe()}: the running release inserts rows without it"
    if (field.unique or field.db_index) and not field.is_relation:
        yield f"{operation.describe()}: its index blocks writing"


def _altered(operation, state):
    model = next(
        each for (_, name), each in state.models.items() if name == operation.model_name_lower
    )
    old, new = model.fields[operation.name], operation.field
    if old.null and not (new.null or new.has_db_default()):
        yield f"{operation.describe()}: the running release writes NULL"
    if old.get_internal_type() != new.get_internal_type() or _shrinks(old, new):
        yield f"{operation.describe()}: its type changes"
    if (new.unique, new.db_index) != (old.unique, old.db_index) and (new.unique or new.db_index):
        yield f"{operation.describe()}: its index blocks writing"


def _shrinks(old, new):
    if new.max_length is None:
        return False
    return old.max_length is None or new.max_length < old.max_length
