"""Match the rows of a fixture with the database's, and compare them."""

from django.db.models import Model

from liveblog.models import Story, Update

from .validation import FixtureImportError, row_name

COUNTERS = {
    Story: (
        *("uid", "epoch", "revision", "changed_revision", "reload_revision", "version"),
        *("update_count", "source_counts", "correction_count"),
    ),
    Update: ("number", "revision", "version", "created_by_id"),
}
DERIVED = {"introduction_html", "summary_html", "body_html", "last_updated_at"}


def same_row(obj: Model, found: Model | None) -> Model | None:
    """Return the row that `obj` means; refuse a database id that means another row here."""
    taken = row_of(obj)
    if (taken and taken != found) or (found and obj.pk not in (None, found.pk)):
        raise FixtureImportError(
            f"{row_name(obj)}: its database id is another row's here. "
            "Dump with --natural-foreign --natural-primary."
        )
    return found


def row_of(obj: Model) -> Model | None:
    """Return the database's row under the id of `obj`."""
    return type(obj).objects.filter(pk=obj.pk).first() if obj.pk else None


def differing(obj: Model, there: Model) -> set[str]:
    """Return the columns in which a file's row differs from the database's, except counters."""
    content = content_of(there)
    return {name for name, value in content_of(obj).items() if value != content[name]}


def content_of(obj: Model) -> dict:
    """Return a row's columns, except counters and what follows from others."""
    ours = {*COUNTERS.get(type(obj), ()), *DERIVED, "id", "created_at"}
    columns = (each for each in obj._meta.concrete_fields if each.attname not in ours)
    return {each.attname: _stored(each, obj) for each in columns}


def _stored(field, row):
    return field.get_prep_value(getattr(row, field.attname)) or None


def keep_counters(obj: Story | Update, there: Story | Update) -> None:
    """Copy the database's counters to the file's row."""
    for name in COUNTERS[type(obj)]:
        setattr(obj, name, getattr(there, name))
