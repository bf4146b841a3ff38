"""The chat bot before the real API: signed, once, and after what happens in the channel."""

import hashlib
import hmac
import io
import json
import time

import pytest

from examples.chat_bot import Bot, Liveblog
from liveblog import publishing
from liveblog.models import Update
from tests import cast
from tests.api.client import Program

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SECRET = "slack-secret"


class InProcess(Liveblog):
    """The API without a network between."""

    def __init__(self, program, story):
        self.program, self.story = program, story

    def ask(self, method, path, data=None, headers=None):
        named = {name.replace("-", "_"): value for name, value in (headers or {}).items()}
        answer = self.program.ask(
            method, f"/stories/{self.story.slug}/updates/{path}", data, **named
        )
        return answer.status_code, answer.headers, answer.json()


@pytest.fixture
def story():
    return cast.make_live_story(cast.make_editor())


@pytest.fixture
def bot(story):
    chief = cast.make_chief()
    return Bot(InProcess(Program(chief, chief), story), SECRET, "published")


def deliver(bot, event, *, secret=SECRET, at=None, **payload):
    body = json.dumps({"type": "event_callback", "event": event, **payload}).encode()
    at = str(int(at or time.time()))
    signed = f"v0:{at}:".encode() + body
    messages = []
    text = bot(
        {
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_SLACK_REQUEST_TIMESTAMP": at,
            "HTTP_X_SLACK_SIGNATURE": "v0="
            + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest(),
        },
        lambda status, headers: messages.append(int(status.split()[0])),
    )
    return messages[0], b"".join(text).decode()


def message(text, **more):
    return {"type": "message", "channel": "C1", "ts": "1700000000.1", "text": text, **more}


def changed(text, *, before="Words."):
    event = {"type": "message", "subtype": "message_changed", "channel": "C1"}
    return {**event, "message": message(text), "previous_message": message(before)}


DELETED = {
    "type": "message",
    "subtype": "message_deleted",
    "channel": "C1",
    "deleted_ts": "1700000000.1",
}


def test_a_message_told_of_three_times_is_one_update(bot):
    answers = [deliver(bot, message("Words.")) for _ in range(3)]

    assert {status for status, _ in answers} == {200}
    update = Update.objects.get()
    assert (update.status, update.body, update.version) == ("published", "<p>Words.</p>", 1)


def test_edits_and_deletions_follow(bot):
    deliver(bot, message("Words."))
    for _ in range(2):
        deliver(bot, changed("Better words."))
    assert (Update.objects.get().body, Update.objects.get().version) == ("<p>Better words.</p>", 2)

    for _ in range(2):
        assert deliver(bot, DELETED)[0] == 200
    assert Update.objects.get().status == "retracted"
    deliver(bot, changed("Late words."))
    assert Update.objects.get().status == "retracted"


def test_a_late_copy_of_a_message_does_not_undo_its_edit(bot, story):
    deliver(bot, message("Words."))
    deliver(bot, changed("Better words."))

    deliver(bot, message("Words."))
    restarted = Bot(bot.liveblog, SECRET, "published")
    deliver(restarted, message("Words."))

    assert Update.objects.get().body == "<p>Better words.</p>"


def test_events_out_of_order_leave_the_newest(bot):
    deliver(bot, {**changed("Third."), "event_ts": "1700000003.000000"})
    deliver(bot, {**changed("Second."), "event_ts": "1700000002.000000"})

    assert Update.objects.get().body == "<p>Third.</p>"


def logged(caplog):
    return " ".join(each.getMessage() for each in caplog.records if each.name == "chat_bot")


@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_the_desk_wrote_stays(bot, is_restarted, caplog):
    deliver(bot, message("Words."))
    desk, words = bot.liveblog.program.person, cast.content("The words of the desk.")
    publishing.edit(Update.objects.get(), words, by=desk, kind="typo")
    if is_restarted:
        bot = Bot(bot.liveblog, SECRET, "published")

    assert deliver(bot, changed("Better words."))[0] == 200

    assert Update.objects.get().body == "<p>The words of the desk.</p>"
    assert "the desk changed it" in logged(caplog)


def test_an_edit_counts_though_the_one_before_is_late(bot):
    deliver(bot, message("Words."))
    deliver(bot, {**changed("Third.", before="Second."), "event_ts": "1700000003.000000"})

    assert Update.objects.get().body == "<p>Third.</p>"


def test_a_refusal_is_logged(story, caplog):
    chief = cast.make_chief()
    writer = Program(chief, chief, scopes=["read", "write"])
    deliver(Bot(InProcess(Program(chief, chief), story), SECRET, "published"), message("Words."))

    assert deliver(Bot(InProcess(writer, story), SECRET), DELETED)[0] == 200
    assert "403" in logged(caplog)


def test_only_the_newest_messages_are_remembered(bot, monkeypatch):
    monkeypatch.setattr("examples.chat_bot.MOST_REMEMBERED", 2)
    for number in range(4):
        deliver(bot, message("Words.", ts=f"170000000{number}.1"))

    assert len(bot.newest) == 2


def test_a_message_deleted_before_it_came_through_stays_away(bot):
    deliver(bot, {**DELETED, "event_ts": "1700000002.000000"})
    deliver(bot, message("Words.", event_ts="1700000000.000100"))

    assert not Update.objects.exists()


@pytest.mark.parametrize(
    ("status", "headline", "note"),
    [("draft", "Deleted in Slack", ""), ("submitted", "", "Deleted in Slack.")],
)
def test_the_desk_sees_that_a_waiting_message_was_deleted(bot, status, headline, note):
    bot.status = status
    deliver(bot, message("Words."))
    deliver(bot, DELETED)

    update = Update.objects.get()
    assert (update.status, update.headline, update.sent_back_note) == ("draft", headline, note)


def test_slack_s_markup_becomes_plain_text(bot):
    deliver(
        bot, message("A &amp; B &lt;ok&gt;, <https://a.example|the report> <https://b.example>")
    )

    assert Update.objects.get().body == "<p>A &amp; B &lt;ok&gt;, the report https://b.example</p>"


def test_a_signature_of_odd_letters_is_refused(bot):
    environ = {
        "wsgi.input": io.BytesIO(b""),
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": str(int(time.time())),
        "HTTP_X_SLACK_SIGNATURE": "v0=\xe9",
    }
    messages = []

    bot(environ, lambda status, headers: messages.append(status.split()[0]))

    assert messages == ["401"]


@pytest.mark.parametrize("more", [{"secret": "wrong"}, {"at": time.time() - 600}])
def test_what_slack_did_not_sign_now_is_refused(bot, more):
    assert deliver(bot, message("Words."), **more)[0] == 401
    assert not Update.objects.exists()


def test_other_events_make_nothing(bot):
    for event in (
        message("I joined.", subtype="channel_join"),
        message("A bot's.", bot_id="B1"),
        message(""),
        {"type": "reaction_added"},
    ):
        assert deliver(bot, event)[0] == 200
    assert not Update.objects.exists()
    assert deliver(bot, {}, type="url_verification", challenge="abc") == (200, "abc")


def test_a_busy_site_is_asked_again(bot, settings):
    settings.API_RATE = 0

    assert deliver(bot, message("Words."))[0] == 503
