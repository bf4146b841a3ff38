"""The drill: a whole story in a minute, or here at once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from liveblog.models import Correction, Story
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEBUG = True


def test_drill_publishes_edits_corrects_and_retracts():
    cast.make_chief("chief@localhost")
    out = StringIO()

    call_command("rehearse", every=0, stdout=out)

    story = Story.objects.get()
    assert story.get_absolute_url() in out.getvalue()
    assert [each.status for each in story.updates.oldest_first()] == [
        *("published", "published", "retracted", "published", "published")
    ]
    assert [each.kind for each in story.updates.oldest_first()][:2] == ["information", "correction"]
    assert Correction.objects.count() == 1
    assert story.revision == 9


def test_drill_needs_the_demo(settings):
    with pytest.raises(CommandError, match="make run"):
        call_command("rehearse", every=0)
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("rehearse", every=0)
