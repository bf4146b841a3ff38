"""Thousands of changes, a receiver that fails half the time, and a server that dies in between."""

import itertools
import json
import os
import threading
from collections import defaultdict

import pytest
from standardwebhooks import Webhook as Reference
from standardwebhooks import WebhookVerificationError

from tests.remote_shell import RemoteShell

from .receiver import Receiver

pytestmark = pytest.mark.thorough

CHANGES = int(os.environ.get("CHANGES", 300))  # at least: the writer goes on until all is cut
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
from itertools import count
from pathlib import Path
from django.contrib.auth.models import User
from liveblog.models import Story
from liveblog.publishing.change import changing
editor = User.objects.get(username="edith")
stories = list(Story.objects.order_by("pk"))
for number in count():
    if number >= {least} and Path({end!r}).exists():
        break
    with changing(stories[number % 2], by=editor, verb="publish") as change:
        change.mark_story()
print(number, *(story.cursor for story in Story.objects.order_by("pk")))
"""

# What a killed server held is free once its lease ends, and what failed is tried again later:
# nobody waits for that here.
END_LEASES = """
from liveblog.models import Webhook
Webhook.objects.update(claimed_until=None, next_attempt_at=None)
"""


def test_the_newest_cursor_reaches_every_endpoint(make_site):
    statuses, secrets, refused = defaultdict(lambda: itertools.cycle((204, 500))), {}, []

    def answer(request):
        """Check the signature on arrival: the library refuses what is five minutes old."""
        url = f"http://{request['headers']['host']}/hook"
        try:
            message = Reference(secrets[url]).verify(request["body"], request["headers"])
        except WebhookVerificationError as error:
            refused.append(error)
            return 401
        request["data"] = message["data"]
        return next(statuses[url])

    receivers = [Receiver(answer) for _ in range(2)]
    urls = [each.url for each in receivers]
    site = make_site(WEBHOOKS_ALLOW_PRIVATE="1")
    secrets.update(zip(urls, site.shell(NEWSROOM.format(urls=urls)).split(), strict=True))
    end, written = site.folder / "enough", []
    code = CHANGE.format(least=CHANGES, end=str(end))
    writer = threading.Thread(target=lambda: written.extend(site.shell(code).split()))
    writer.start()
    operator = RemoteShell(site.environment)
    try:
        for _ in range(3):
            some = len(receivers[0].requests) + 3
            assert receivers[0].wait_for(lambda each, some=some: len(each.requests) >= some, 60)
            site.kill()
            operator.run(END_LEASES)
            site.start()
    finally:
        end.touch()
        writer.join()
        operator.close()
    changes, *cursors = written

    for receiver in receivers:
        assert receiver.wait_for(lambda each: newest(each) == set(cursors), seconds=120)
        assert len(receiver.requests) < int(changes) / 4  # the newest stands for all
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
