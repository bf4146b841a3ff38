"""The sender in a real server: what is published reaches a receiver by itself."""

from threading import Event

import pytest
from django.db import InterfaceError

from liveblog import publishing
from liveblog.integrations.sender import THREADS, Sender
from liveblog.models import Webhook
from tests import cast

from .receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)

NEWSROOM = """
from liveblog import publishing
from liveblog.models import Story, Webhook
editor = cast.make_editor()
story = cast.make_live_story(editor, "Bridge", slug="bridge")
Webhook.objects.create(name="Archive", url={url!r})
"""


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.stop()


def test_a_publication_reaches_the_receiver(make_site, receiver):
    site = make_site(WEBHOOKS_ALLOW_PRIVATE="1")
    site.shell(NEWSROOM.format(url=receiver.url))
    site.shell("""
from liveblog.models import Story
from django.contrib.auth.models import User
cast.publish(Story.objects.get(), User.objects.get(username="edith"))
""")

    assert receiver.wait_for(lambda each: each.received)
    assert receiver.received[0]["data"]["cursor"].endswith("-2")
    assert len(receiver.received) == 1


def test_a_slow_receiver_holds_up_no_other(make_site, receiver):
    may_answer = Event()
    slow = Receiver(lambda request: may_answer.wait(60) and 204)
    site = make_site(WEBHOOKS_ALLOW_PRIVATE="1")
    site.shell(NEWSROOM.format(url=slow.url))
    site.shell(f"""
from liveblog.models import Story, Webhook
from django.contrib.auth.models import User
Webhook.objects.create(name="Quick", url={receiver.url!r})
cast.publish(Story.objects.get(), User.objects.get(username="edith"))
""")

    assert receiver.wait_for(lambda each: each.received)
    assert slow.received == []
    may_answer.set()
    slow.stop()


def test_receivers_that_failed_hold_up_no_other(webhook, receiver, story, editor, monkeypatch):
    for each in ("CONNECT", "DEADLINE"):
        monkeypatch.setattr(f"liveblog.integrations.http.{each}", 60)
    may_answer = Event()
    silent = Receiver(lambda request: may_answer.wait(60) and 204)
    for number in range(2 * THREADS):
        Webhook.objects.create(name=f"Absent {number}", url=silent.url, failures=1)
    publishing.end_story(story, by=editor)
    sender = Sender()

    sender()

    assert receiver.wait_for(lambda each: each.received)
    assert silent.received == []
    sender.close()
    may_answer.set()
    for pool in (sender._pool, sender._retries):
        pool.shutdown()
    silent.stop()


def test_a_connection_that_broke_is_no_failure_of_ours(caplog):
    def fail():
        raise InterfaceError("gone")

    Sender()._run("key", fail)

    assert caplog.messages == ["Sending waits for the database: gone"]


def test_a_closed_sender_begins_no_further_message(webhook, receiver, story, editor):
    sender = Sender()
    receiver.answer = lambda request: sender.close() or 204
    publishing.end_story(story, by=editor)
    publishing.open_story(story, by=editor)

    sender()
    sender._pool.shutdown()
    sender()

    assert [each["type"] for each in receiver.received] == ["story.ended"]


def test_a_closed_sender_announces_no_further_story(story, editor, receiver, settings):
    settings.WEBSUB_HUB = receiver.url
    sender = Sender()
    receiver.answer = lambda request: sender.close() or 204
    for each in (story, cast.make_live_story(editor, "Another story")):
        cast.publish(each, editor)

    sender()
    sender._pool.shutdown()

    assert len(receiver.requests) == 6
