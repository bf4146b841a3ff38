"""Thousands of changes, a receiver that fails half the time, and a server that dies in between."""

import json
import os
import random
import threading

import pytest
from standardwebhooks import Webhook as Reference
from standardwebhooks import WebhookVerificationError

from .receiver import Receiver

pytestmark = pytest.mark.thorough

# A test run has minutes; CHANGES=10000 takes its time. PostgreSQL runs more of its own code for
# a change: fewer take as long, and die as often.
MOST = 1_000 if os.environ.get("TEST_DATABASE") == "postgresql" else 2_000
CHANGES = int(os.environ.get("CHANGES", MOST))
NEWSROOM = """
from liveblog.models import Webhook
editor = cast.make_editor()
for name in ("one", "two"):
    cast.make_live_story(editor, name, slug=name)
for url in {urls!r}:
    print(Webhook.objects.create(name="Archive", url=url).secret)
"""
# Changes as `publishing` queues them, without what else a publication costs.
CHANGE = """
from django.contrib.auth.models import User
from liveblog.models import Story
from liveblog.publishing.change import changing
editor = User.objects.get(username="edith")
stories = list(Story.objects.order_by("pk"))
for number in range({count}):
    with changing(stories[number % 2], by=editor, verb="publish") as change:
        change.mark_story()
print(*(story.cursor for story in Story.objects.order_by("pk")))
"""


def test_the_newest_cursor_reaches_every_endpoint(make_site):
    chance, secrets, refused = random.Random(5), {}, []

    def answer(request):
        """Check the signature on arrival: the library refuses what is five minutes old."""
        url = f"http://{request['headers']['host']}/hook"
        try:
            message = Reference(secrets[url]).verify(request["body"], request["headers"])
        except WebhookVerificationError as error:
            refused.append(error)
            return 401
        request["data"] = message["data"]
        return chance.choice((204, 500))

    receivers = [Receiver(answer) for _ in range(2)]
    urls = [each.url for each in receivers]
    site = make_site(WEBHOOKS_ALLOW_PRIVATE="1")
    secrets.update(zip(urls, site.shell(NEWSROOM.format(urls=urls)).split(), strict=True))
    cursors = []
    writer = threading.Thread(
        target=lambda: cursors.extend(site.shell(CHANGE.format(count=CHANGES)).split())
    )
    writer.start()
    for _ in range(3):
        some = len(receivers[0].requests) + 3
        receivers[0].wait_for(lambda each, some=some: len(each.requests) >= some, seconds=30)
        site.kill()
        site.start()
    writer.join()

    for receiver in receivers:
        assert receiver.wait_for(lambda each: newest(each) == set(cursors), seconds=120)
        assert len(receiver.requests) < CHANGES / 4  # the newest stands for all
        assert all(set(each["data"]) == {"story", "cursor", "url"} for each in receiver.requests)
        for story in ("one", "two"):
            revisions = [
                int(each["data"]["cursor"].partition("-")[2])
                for each in receiver.received
                if each["data"]["story"] == story
            ]
            assert revisions == sorted(revisions)
        receiver.stop()
    assert not refused


def newest(receiver):
    """The last cursor that was received of each story."""
    last = {}
    for request in list(receiver.requests):
        if request["status"] < 300:
            data = json.loads(request["body"])["data"]
            last[data["story"]] = data["cursor"]
    return set(last.values())
