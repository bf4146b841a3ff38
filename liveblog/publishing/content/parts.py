"""Rows that belong to a story or an update: one for each thing that its content names."""

from collections.abc import Callable

from django.db.models import Model

from liveblog.models import Story, Update

Parts = dict[str, tuple[type[Model], Callable[[object], dict]]]
"""Of each field of a content: the model of its rows, and the columns that hold one thing."""


def write_parts(owner: Story | Update, parts: Parts, content, before) -> None:
    """Write the rows of those fields in which a content differs from the one `before`."""
    mine = {owner._meta.model_name: owner}
    for name, (model, columns) in parts.items():
        things, were = getattr(content, name), getattr(before, name, ())
        if things == were:
            continue
        if were:
            model.objects.filter(**mine).delete()
        rows = [model(**mine, **columns(each), position=at) for at, each in enumerate(things)]
        model.objects.bulk_create(rows)
