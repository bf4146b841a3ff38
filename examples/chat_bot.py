"""A Slack channel becomes a live blog: each message an update; edits and deletions follow.

A WSGI application without dependencies. Set these, and give Slack its address (Event
Subscriptions, `message.channels`):

    LIVEBLOG_URL=https://live.example.org  LIVEBLOG_TOKEN=lb_…  LIVEBLOG_STORY=bridge
    SLACK_SIGNING_SECRET=…  LIVEBLOG_STATUS=submitted   (draft, submitted or published)
    python chat_bot.py 8080
"""

import hashlib
import hmac
import html
import json
import logging
import os
import re
import sys
import time
import urllib.error
import urllib.request
import uuid
from wsgiref.simple_server import make_server

MESSAGES = uuid.UUID("0b6f1c5e-3f0e-4c55-9d0c-6a5b0d6a7f21")  # for ids made of Slack's
FIVE_MINUTES = 300
MOST_BYTES = 1_000_000
MOST_REMEMBERED = 10_000  # messages

log = logging.getLogger("chat_bot")


class Liveblog:
    """The API of one story."""

    def __init__(self, url, token, story):
        self.base, self.token = f"{url}/api/v1/stories/{story}/updates", token

    def ask(self, method, path, data=None, headers=None):
        """Return status, headers and JSON of an answer, whatever the status is."""
        request = urllib.request.Request(
            f"{self.base}/{path}",
            method=method,
            data=None if data is None else json.dumps(data).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.headers, json.load(error)


class Bot:
    """Carries what happens in a channel over to a story."""

    def __init__(self, liveblog, secret, status="submitted"):
        self.liveblog, self.secret, self.status = liveblog, secret, status
        self.newest = {}  # of the latest updates, when their newest event happened
        self.written = {}  # of the latest updates, the text that this bot gave them

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES))
        if not self.is_signed(environ, body):
            status, text = 401, "bad signature"
        else:
            status, text = self.take(json.loads(body))
        start_response(f"{status} ", [("Content-Type", "text/plain; charset=utf-8")])
        return [text.encode()]

    def is_signed(self, environ, body):
        """Check Slack's signature (v0), and that the request is not an old one sent again."""
        sent_at = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        if not sent_at.isdecimal() or abs(time.time() - int(sent_at)) > FIVE_MINUTES:
            return False
        signed = b"v0:" + sent_at.encode() + b":" + body
        wanted = "v0=" + hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        given = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        return hmac.compare_digest(wanted.encode(), given.encode())

    def take(self, payload):
        """Answer one delivery. Slack repeats what is not answered with 200."""
        if payload.get("type") == "url_verification":
            return 200, payload["challenge"]
        event = payload.get("event", {})
        if payload.get("type") != "event_callback" or event.get("type") != "message":
            return 200, "not for me"
        status = self.mirror(event)
        if status >= 400:
            log.warning("The newsroom answered %s to %s", status, event.get("subtype", "a message"))
        return (200, "ok") if status < 500 and status != 429 else (503, "again, please")

    def mirror(self, event):
        """Bring the update of a message in line with it; returns the API's status."""
        kind = event.get("subtype")
        if kind == "message_deleted":
            id = self.id_of(event["channel"], event["deleted_ts"])
            return 200 if self.is_late(id, event) else self.retract(id)
        message = event["message"] if kind == "message_changed" else event
        if (
            kind not in (None, "message_changed")
            or message.get("bot_id")
            or not message.get("text")
        ):
            return 200  # joins, topics, files alone, other bots
        id = self.id_of(event["channel"], message["ts"])
        if self.is_late(id, event):
            return 200
        if kind is None:
            return self.create(id, plain(message["text"]))
        before = event.get("previous_message", {}).get("text", "")
        return self.change(id, plain(message["text"]), plain(before))

    def is_late(self, id, event):
        """Tell whether something newer happened to the message: Slack repeats out of order."""
        happened = float(event.get("event_ts", 0))
        if happened < self.newest.get(id, 0):
            return True
        remember(self.newest, id, happened)
        return False

    def id_of(self, channel, ts):
        """The same message is the same update, however often Slack tells of it."""
        return uuid.uuid5(MESSAGES, f"{channel} {ts}")

    def create(self, id, text):
        status = self.liveblog.ask("GET", str(id))[0]
        if status != 404:
            return status
        return self.put(id, {"text": text, "status": self.status})

    def change(self, id, text, before):
        """Follow an edit, unless somebody in the newsroom wrote the text that is there."""
        status, headers, answer = self.liveblog.ask("GET", str(id))
        if status == 404:
            return self.create(id, text)
        if status != 200 or answer["status"] == "retracted" or same(answer["plain_text"], text):
            return status
        if not any(same(answer["plain_text"], each) for each in (before, self.written.get(id, ""))):
            log.warning("%s stays as it is: the desk changed it", id)
            return status
        match = {"If-Match": headers["ETag"]}  # nor over what the desk writes at this moment
        return self.put(id, {"text": text}, match)

    def put(self, id, data, headers=None):
        status = self.liveblog.ask("PUT", str(id), data, headers)[0]
        if status < 300:
            remember(self.written, id, data["text"])
        return status

    def retract(self, id):
        status, headers, answer = self.liveblog.ask("GET", str(id))
        if status == 200 and answer["status"] == "draft":
            match = {"If-Match": headers["ETag"]}
            return self.liveblog.ask("PUT", str(id), {"headline": "Deleted in Slack"}, match)[0]
        if status == 200 and answer["status"] == "published":
            return self.liveblog.ask("POST", f"{id}/retract", {"without_trace": True})[0]
        if status == 200 and answer["status"] in ("submitted", "scheduled"):
            return self.liveblog.ask("POST", f"{id}/send-back", {"note": "Deleted in Slack."})[0]
        return status


def remember(values, id, value):
    """Keep a value as the newest; forget the oldest of too many."""
    values.pop(id, None)
    values[id] = value
    if len(values) > MOST_REMEMBERED:
        del values[next(iter(values))]


def same(one, other):
    """Compare two texts without regard to how their lines are broken."""
    return one.split() == other.split()


def plain(text):
    """Undo Slack's markup: links as `<address|words>`, and `&`, `<` and `>` escaped."""
    text = re.sub(r"<([^<>|]*)(?:\|([^<>]*))?>", lambda found: found[2] or found[1], text)
    return html.unescape(text)


if __name__ == "__main__":
    env = os.environ
    bot = Bot(
        Liveblog(env["LIVEBLOG_URL"], env["LIVEBLOG_TOKEN"], env["LIVEBLOG_STORY"]),
        env["SLACK_SIGNING_SECRET"],
        env.get("LIVEBLOG_STATUS", "submitted"),
    )
    make_server("127.0.0.1", int(sys.argv[1]), bot).serve_forever()
