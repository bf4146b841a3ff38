"""The line of figures above a story's desk."""

import json
from dataclasses import replace

import pytest

from liveblog import publishing
from liveblog.editing import readers
from liveblog.editing.health import health_data
from liveblog.models import Version
from liveblog.publishing import StoryContent
from tests import cast


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


@pytest.mark.parametrize(("stale_after", "is_stale"), [(2, True), (3, False)])
def test_what_we_know_is_stale_after_so_many_updates(
    editor, story, settings, stale_after, is_stale
):
    settings.SUMMARY_STALE_AFTER = stale_after
    content = replace(StoryContent.of(story), summary="<p>The bridge is open.</p>")
    publishing.edit_story(story, content, by=editor.user)
    publishing.check_summary(story, by=editor.user)
    for _ in range(2):
        cast.publish(story, editor.user)

    summary = health_data(story.pk)["summary"]

    assert (summary["newer"], summary["is_stale"]) == (2, is_stale)
