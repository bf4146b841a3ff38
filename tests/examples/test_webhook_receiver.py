"""The receiver of the documentation, before what the sender really signs."""

import io

import pytest

from examples import webhook_receiver
from liveblog.integrations.webhooks import payload_of, signed_headers
from liveblog.models import Webhook, WebhookMessage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    Webhook.objects.create(name="Archive", url="https://archive.example/")
    cast.make_live_story(cast.make_editor())
    return WebhookMessage.objects.get()


def deliver(body, headers):
    lines = []
    environ = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()}
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    webhook_receiver.receive(environ, lambda status, headers: lines.append(status))
    return lines[0]


def test_it_takes_what_is_signed_and_nothing_else(message, monkeypatch):
    monkeypatch.setenv("WEBHOOK_SECRET", message.webhook.secret)
    body = payload_of(message)
    headers = signed_headers(message.webhook.secrets, message.message_id, body)

    assert deliver(body, headers).startswith("204")
    assert webhook_receiver.newest == {message.story.slug: message.cursor}
    assert deliver(body + b" ", headers).startswith("401")
    assert deliver(body, {}).startswith("401")
