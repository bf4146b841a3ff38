"""Notes that verbs take: checked against the length of their column."""

from django.db.models import Field
from django.utils.translation import gettext as _

from .errors import Invalid


def read_note(note: str, column: Field) -> str:
    """Return a note without outer spaces; raises `Invalid` for one that `column` can't hold."""
    note = note.replace("\0", "").strip()  # PostgreSQL takes no NUL
    if len(note) > column.max_length:
        raise Invalid({"note": [_("The note is too long.")]})
    return note
