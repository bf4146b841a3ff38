"""Pins."""

import pytest

from liveblog import publishing
from tests import cast
from tests.cast import revision_of

pytestmark = pytest.mark.django_db


def test_pin_takes_over(story, editor):
    first, second = cast.publish(story, editor), cast.publish(story, editor)
    publishing.pin(first, by=editor)

    publishing.pin(second, by=editor)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_pinned, second.is_pinned) == (False, True)
    assert first.revision == second.revision == revision_of(story)
