"""The line of figures above a story's desk."""

import json

import pytest

from liveblog.editing import readers
from liveblog.editing.health import health_data
from liveblog.models import Version


@pytest.fixture
def servers(monkeypatch):
    """No server has said anything yet."""
    monkeypatch.setattr(readers, "_servers", {})


def _say(server, story, *figures):
    readers.receive(json.dumps([server, 0, [[story.pk, *figures]]]))


def test_delivery_is_that_of_the_slowest_server(servers, story):
    revision = story.revision
    committed = Version.objects.filter(story=story, revision=revision).first().at.timestamp()
    _say("one", story, 3, revision, committed + 0.1)
    _say("two", story, 4, revision, committed + 0.4)
    _say("behind", story, 5, revision - 1, committed + 9)

    health = health_data(story.pk)

    assert health["readers"] == 12
    assert health["delivery"] == pytest.approx(400, abs=2)


def test_delivery_is_unknown_until_a_server_has_sent_the_change(servers, story):
    _say("one", story, 3, story.revision - 1, 1)

    assert health_data(story.pk)["delivery"] is None
