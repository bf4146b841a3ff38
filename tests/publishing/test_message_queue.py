"""Webhook messages: queued with the change, and only for what readers see."""

import pytest

from liveblog import publishing
from liveblog.models import Announcement, Story, Webhook, WebhookMessage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def webhook():
    return Webhook.objects.create(name="Archive", url="https://archive.example/hook")


def queued():
    return [(each.type, each.cursor) for each in WebhookMessage.objects.order_by("id")]


def test_visible_changes_are_queued_with_their_cursor(webhook, editor):
    story = cast.make_live_story(editor)
    cast.publish(story, editor)
    publishing.end_story(story, by=editor)
    publishing.withdraw_story(story, by=cast.make_chief())

    epoch = story.epoch
    assert queued() == [
        ("story.opened", f"{epoch}-1"),
        ("story.changed", f"{epoch}-2"),
        ("story.ended", f"{epoch}-3"),
        ("story.withdrawn", f"{epoch}-4"),
    ]


def test_the_queue_of_a_paused_endpoint_does_not_grow_with_every_change(webhook, editor):
    story, chief = cast.make_live_story(editor), cast.make_chief()
    other = cast.make_live_story(editor, "Another story")
    publishing.pause_webhook(webhook, by=chief)
    WebhookMessage.objects.all().delete()

    for _ in range(3):
        cast.publish(story, editor)
    cast.publish(other, editor)
    publishing.end_story(story, by=editor)

    assert queued() == [
        ("story.changed", f"{story.epoch}-4"),
        ("story.changed", f"{other.epoch}-2"),
        ("story.ended", f"{story.epoch}-5"),
    ]


def test_drafts_are_told_to_nobody(webhook, story, editor):
    WebhookMessage.objects.all().delete()

    publishing.save_draft(cast.new_update(story), cast.content(), by=editor)

    assert queued() == []


def test_a_refused_change_queues_nothing(webhook, story, editor):
    WebhookMessage.objects.all().delete()

    with pytest.raises(publishing.Invalid):
        publishing.publish(cast.new_update(story), by=editor, content=publishing.UpdateContent())

    assert queued() == []


def test_an_endpoint_of_one_story_hears_of_no_other(editor):
    mine, other = (cast.make_live_story(editor, headline) for headline in ("Mine", "Other"))
    Webhook.objects.create(name="Mine", url="https://mine.example/", story=mine)

    cast.publish(mine, editor)
    cast.publish(other, editor)

    assert list(WebhookMessage.objects.values_list("story", flat=True)) == [mine.pk]


def test_a_renamed_source_is_a_change_of_each_story_that_shows_it(webhook, story, editor):
    efe = cast.make_source()
    cast.publish(story, editor, sources=(publishing.Citation(efe),))
    WebhookMessage.objects.all().delete()

    publishing.rename_source(efe, by=cast.make_chief(), name="EFE")

    assert queued() == [("story.changed", Story.objects.get().cursor)]


def test_channels_keep_one_row_a_story(story, editor, settings):
    settings.WEBSUB_HUB, settings.INDEXNOW_KEY = "https://hub.example/", "k" * 16

    for _ in range(3):
        cast.publish(story, editor)
    publishing.end_story(story, by=editor)

    cursor = Story.objects.get().cursor
    rows = Announcement.objects.values_list("channel", "cursor").order_by("channel")
    assert list(rows) == [("indexnow", cursor), ("websub", cursor)]


def test_no_channel_is_on_by_default(story, editor):
    cast.publish(story, editor)

    assert not Announcement.objects.exists()
