"""The queues and delays that operators see in the metrics."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog.models import Webhook, WebhookMessage
from liveblog.queries.backlog import Backlog, read_backlog
from tests import cast

pytestmark = pytest.mark.django_db


def test_nothing_waits_in_an_empty_newsroom():
    assert read_backlog() == Backlog()


def test_messages_of_paused_webhooks_are_not_waited_for():
    story = cast.make_live_story(cast.make_editor())
    now = timezone.now()
    failing = Webhook.objects.create(name="a", url="https://a.example/", failures=3)
    paused = Webhook.objects.create(name="b", url="https://b.example/", paused_at=now)
    for hook, age in ((failing, 90), (failing, 30), (paused, 9999)):
        at = now - timedelta(seconds=age)
        WebhookMessage.objects.create(
            webhook=hook, story=story, type="story.changed", cursor="a-1", at=at
        )

    found = read_backlog()

    assert found.webhook_messages == 2
    assert (found.webhooks_failing, found.webhooks_paused) == (1, 1)
    assert 90 <= found.webhook_age_seconds < 120


def test_overdue_updates_are_told_and_coming_ones_are_not():
    edith = cast.make_editor()
    story = cast.make_live_story(edith)
    for minutes in (1, 60):
        at = timezone.now() + timedelta(minutes=minutes)
        update = cast.publishing.schedule(
            cast.new_update(story), by=edith, at=at, content=cast.content()
        )
        if minutes == 1:
            past = timezone.now() - timedelta(seconds=70)
            type(update).objects.filter(pk=update.pk).update(scheduled_for=past)

    found = read_backlog()

    assert found.overdue_updates == 1
    assert 70 <= found.overdue_age_seconds < 100
