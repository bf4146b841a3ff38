"""A receiver on this machine, and a webhook that leads to it."""

import pytest

from liveblog.models import Webhook, WebhookMessage
from tests.cast import make_editor, make_live_story

from .receiver import Receiver


@pytest.fixture(autouse=True)
def allow_private(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def editor(db):
    return make_editor()


@pytest.fixture
def story(editor):
    return make_live_story(editor)


@pytest.fixture
def webhook(receiver, story):
    """An endpoint that has received the story's opening."""
    webhook = Webhook.objects.create(name="Archive", url=receiver.url)
    WebhookMessage.objects.all().delete()
    return webhook
