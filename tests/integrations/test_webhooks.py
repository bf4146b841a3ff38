"""Webhooks: signed, thin, in order, tried again, given up after three days."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook as Reference

from liveblog import publishing
from liveblog.integrations import webhooks
from liveblog.integrations.webhooks import deliver
from liveblog.models import Story, Webhook, WebhookAttempt, WebhookMessage
from liveblog.publishing.delivery import due_webhooks
from tests import cast

pytestmark = pytest.mark.django_db


def make_due():
    Webhook.objects.update(next_attempt_at=None)


def test_a_message_is_thin_and_signed(webhook, receiver, story, editor):
    cast.publish(story, editor, "Secret words.")

    deliver(webhook.pk)

    (request,) = receiver.requests
    message = Reference(webhook.secret).verify(request["body"], request["headers"])
    assert message["type"] == "story.changed"
    assert set(message) == {"type", "timestamp", "data"}
    assert message["data"] == {
        "story": story.slug,
        "cursor": Story.objects.get().cursor,
        "url": f"http://127.0.0.1:8000/live/{story.slug}/",
    }
    assert b"Secret" not in request["body"]
    assert not WebhookMessage.objects.exists()
    assert WebhookAttempt.objects.get().status == 204


def test_a_wrong_secret_does_not_verify(webhook, receiver, story, editor):
    cast.publish(story, editor)
    deliver(webhook.pk)

    (request,) = receiver.requests
    with pytest.raises(Exception, match="signature"):
        Reference("whsec_" + "A" * 43 + "=").verify(request["body"], request["headers"])


def test_while_a_secret_is_rotated_both_verify(webhook, receiver, story, editor):
    new = publishing.rotate_secret(webhook, by=cast.make_chief())
    cast.publish(story, editor)

    deliver(webhook.pk)

    (request,) = receiver.requests
    assert request["headers"]["webhook-signature"].count("v1,") == 2
    for secret in (webhook.secret, new):
        Reference(secret).verify(request["body"], request["headers"])
    Webhook.objects.update(former_until=timezone.now())
    assert Webhook.objects.get().secrets == [new]


def test_the_newest_cursor_stands_for_all(webhook, receiver, story, editor):
    for _ in range(5):
        cast.publish(story, editor)
    publishing.end_story(story, by=editor)
    publishing.open_story(story, by=editor)
    cast.publish(story, editor)

    deliver(webhook.pk)

    message = [(each["type"], each["data"]["cursor"]) for each in receiver.received]
    epoch = story.epoch
    assert message == [
        ("story.ended", f"{epoch}-7"),
        ("story.opened", f"{epoch}-8"),
        ("story.changed", f"{epoch}-9"),
    ]


def test_what_failed_is_sent_again_under_the_same_id(webhook, receiver, story, editor):
    receiver.answer = lambda request: 500
    cast.publish(story, editor)
    deliver(webhook.pk)
    deliver(webhook.pk)  # not yet

    row = Webhook.objects.get()
    assert len(receiver.requests) == 1
    assert (row.failures, row.next_attempt_at > timezone.now()) == (1, True)
    assert due_webhooks() == []

    receiver.answer = lambda request: 204
    make_due()
    deliver(webhook.pk)
    ids = {each["headers"]["webhook-id"] for each in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (2, 1)
    assert Webhook.objects.get().failures == 0


def test_waits_grow_and_end_at_an_hour(webhook, receiver, story, editor):
    receiver.answer = lambda request: 503
    cast.publish(story, editor)
    waits = []
    for _ in range(14):
        before = timezone.now()
        deliver(webhook.pk)
        waits.append((Webhook.objects.get().next_attempt_at - before).total_seconds())
        make_due()

    assert waits[0] < 3
    assert all(1800 <= wait <= 3602 for wait in waits[-2:])


def test_after_three_days_the_endpoint_is_paused_and_its_owner_told(
    webhook, receiver, story, editor, settings
):
    settings.EMAIL_HOST = "localhost"
    chief = cast.make_chief()
    chief.email = "chiara@example.org"
    chief.save()
    Webhook.objects.update(owner=chief, failing_since=timezone.now() - timedelta(days=3))
    receiver.answer = lambda request: 500
    cast.publish(story, editor)

    deliver(webhook.pk)

    row = Webhook.objects.get()
    assert row.paused_at is not None
    assert row.pause_reason == "HTTP 500"
    assert (len(mail.outbox), mail.outbox[0].to) == (1, ["chiara@example.org"])
    assert WebhookMessage.objects.count() == 1
    publishing.resume_webhook(row, by=chief)
    receiver.answer = lambda request: 200
    deliver(webhook.pk)
    assert len(receiver.received) == 1


def test_an_endpoint_that_is_gone_is_paused_at_once(webhook, receiver, story, editor):
    receiver.answer = lambda request: 410
    cast.publish(story, editor)

    deliver(webhook.pk)

    assert Webhook.objects.get().pause_reason == "HTTP 410"


def test_a_redirect_is_not_followed(webhook, receiver, story, editor):
    receiver.answer = lambda request: (307, {"Location": receiver.url + "/other"})
    cast.publish(story, editor)

    deliver(webhook.pk)

    assert [each["path"] for each in receiver.requests] == ["/hook"]
    assert Webhook.objects.get().failures == 1


def test_what_one_process_holds_no_other_sends(webhook, receiver, story, editor):
    cast.publish(story, editor)
    soon = timezone.now() + timedelta(seconds=30)
    Webhook.objects.update(claimed_until=soon)

    deliver(webhook.pk)
    assert receiver.requests == []

    Webhook.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    deliver(webhook.pk)
    assert len(receiver.received) == 1


def test_a_lease_that_ended_is_not_taken_from_who_has_it_now(
    webhook, receiver, story, editor, monkeypatch
):
    cast.publish(story, editor)
    whole, later = webhooks.post, timezone.now() + timedelta(hours=1)

    def post_while_another_takes_over(*arguments):  # in this thread: the transaction is its own
        Webhook.objects.update(claimed_until=later)
        return whole(*arguments)

    monkeypatch.setattr(webhooks, "post", post_while_another_takes_over)
    deliver(webhook.pk)

    assert Webhook.objects.get().claimed_until == later


def test_a_withdrawn_update_leaves_no_text_in_the_queue(webhook, story, editor):
    update = cast.publish(story, editor, "Secret words.")
    publishing.retract(update, by=editor, without_trace=True)

    rows = list(WebhookMessage.objects.values())
    assert "Secret" not in json.dumps(rows, default=str)


def test_the_log_is_bounded(webhook, receiver, story, editor, monkeypatch):
    monkeypatch.setattr("liveblog.publishing.delivery.LOG_LENGTH", 3)
    for _ in range(5):
        cast.publish(story, editor)
        deliver(webhook.pk)

    assert WebhookAttempt.objects.count() == 3
    assert WebhookAttempt.objects.first().cursor == Story.objects.get().cursor
