"""Queue messages for other systems, in the transaction of the change.

`integrations` sends it after the commit, from another thread.
"""

from django.conf import settings

from liveblog.models import Announcement, Story, StoryEvent, Webhook, WebhookMessage

BECAME = {
    Story.Status.LIVE: StoryEvent.OPENED,
    Story.Status.ENDED: StoryEvent.ENDED,
    Story.Status.WITHDRAWN: StoryEvent.WITHDRAWN,
}


def queue_for_other_systems(story: Story, *, status_before: str, at) -> None:
    """Queue a visible change for every webhook and channel that wants it."""
    event = StoryEvent.CHANGED if story.status == status_before else BECAME[story.status]
    if story.has_webhooks:
        queue_messages(Webhook.objects.of_story(story), story, event, at)
    if settings.WEBSUB_HUB:
        _announce(story, Announcement.Channel.WEBSUB, at)
    if settings.INDEXNOW_KEY and event != StoryEvent.CHANGED:
        _announce(story, Announcement.Channel.INDEXNOW, at)


def queue_messages(webhooks, story: Story, event: str, at) -> None:
    """Add a message about the story's present cursor to the queue of each webhook."""
    paused = dict(webhooks.values_list("pk", "paused_at"))
    messages = [
        WebhookMessage(webhook_id=pk, story=story, type=event, cursor=story.cursor, at=at)
        for pk in paused
    ]
    if messages:
        _drop_replaced([pk for pk in paused if paused[pk]], story, event)
        WebhookMessage.objects.bulk_create(messages)


def _drop_replaced(paused: list[int], story: Story, event: str) -> None:
    """Drop what a new message replaces: sending would, but a paused endpoint is sent nothing."""
    if paused and event == StoryEvent.CHANGED:
        WebhookMessage.objects.filter(webhook__in=paused, story=story, type=event).delete()


def _announce(story, channel, at):
    Announcement.objects.update_or_create(
        story=story,
        channel=channel,
        defaults={"cursor": story.cursor, "at": at, "failures": 0, "next_attempt_at": None},
    )
