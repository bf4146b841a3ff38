"""Rows that belong to a story or an update: one for each thing that its content names."""

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db.models import Model

from liveblog.models import Story, Update
from liveblog.models.fields import validate_length
from liveblog.richtext import CleanHTML, clean
from liveblog.round_trips import Statement

from ..errors import Invalid
from ..statements import delete_of, inserts_of

Parts = dict[str, tuple[type[Model], Callable[[object], dict]]]
"""Of each field of a content: the model of its rows, and the columns that hold one thing."""


def clean_text(field: str, html: str) -> CleanHTML:
    """Clean a rich text; raise `Invalid` for one that is too long to clean."""
    try:
        validate_length(html)
    except ValidationError as error:
        raise Invalid({field: error.messages}) from error
    return clean(html)


def parts_written(owner: Story | Update, parts: Parts, content, before) -> Iterator[Statement]:
    """Yield what writes the rows of the fields in which a content differs from the one `before`."""
    mine = {owner._meta.model_name: owner}
    for name, (model, columns) in parts.items():
        things, were = getattr(content, name), getattr(before, name, ())
        if things == were:
            continue
        if were:
            yield delete_of(model, mine)
        rows = [model(**mine, **columns(each), position=at) for at, each in enumerate(things)]
        yield from inserts_of(rows)
