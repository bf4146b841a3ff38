"""The locks of stories: who writes into one holds it until the transaction ends."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from liveblog.models import Story

from .errors import Busy, Refused
from .outbox import HAS_WEBHOOKS


@contextmanager
def locked(ids: Iterable[int]) -> Iterator[list[Story]]:
    """Lock stories in one transaction; raises `Busy` as `lock_stories` does."""
    with transaction.atomic():
        yield lock_stories(ids)


@contextmanager
def locked_one(story: Story | int) -> Iterator[Story]:
    """Lock one story; raises `Refused` where it was deleted meanwhile."""
    with locked([getattr(story, "pk", story)]) as stories:
        if not stories:
            raise Refused(_("This story does not exist any more."))
        yield stories[0]


def lock_stories(ids: Iterable[int]) -> list[Story]:
    """Read stories under their locks, in key order, so that no two changes wait for each other.

    On PostgreSQL the row lock, on SQLite the IMMEDIATE transaction keeps every other
    writer of a story waiting, so revisions come gapless and in commit order. Raises
    `Busy` when a lock can't be had within the database's timeout.
    """
    rows = Story.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    try:
        return list(rows.annotate(has_webhooks=HAS_WEBHOOKS))
    except OperationalError as error:
        raise Busy(_("The story is busy. Your text is kept: try again.")) from error
