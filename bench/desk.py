"""From Ctrl+Enter on a desk to the text on a reader's open page, and on a colleague's desk."""

import json
import os
import statistics
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from tests import tools
from tests.server import ROOT

from .report import Row
from .server import INHERITED

NEEDS_STORIES = False
SENDS = 20
KEY_PAUSE = 80  # ms between two keys: 150 words a minute, a quick typist
HEADLINE = "Bridge reopened"
SENTENCE = "The bridge at the river is open again, the governor says"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
SETUP = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests import cast

def session_of(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session.save()
    return session.session_key

people = [cast.make_editor("desk-one"), cast.make_editor("desk-two")]
story = cast.make_live_story(people[0], "Measured from the desk", slug="desk-bench")
print(json.dumps({"story": story.pk, "sessions": [session_of(each) for each in people]}))
"""
# Moments by one clock: all pages are this machine's.
SENDING = """addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey) return;
  window.sentAt = performance.timeOrigin + performance.now();
}, { capture: true });"""
ARRIVING = """(words) => new Promise((done) => {
  const look = () => document.body.textContent.includes(words)
    && (seen.disconnect(), done(performance.timeOrigin + performance.now()));
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})"""


def measure(newsroom):
    made = _make(newsroom)
    with newsroom.serve() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=tools.find_chromium(), args=FLAGS)
        one, two = (_desk(chromium, server, made["story"], key) for key in made["sessions"])
        reader = chromium.new_page()
        reader.goto(f"{server.url}/live/desk-bench/")
        times = [_send(one, two, reader, number) for number in range(SENDS + 1)][1:]
        written = _write_by_keyboard(one, reader)
        chromium.close()
    yield Row(
        "desk",
        "write a sentence and publish it, by keyboard",
        f"{written:.1f} s",
        "",
        "",
        "< 15 s",
        written < 15,
    )
    for what, at, most in (("a reader's open page", 0, 500), ("a colleague's desk", 1, 1000)):
        median = statistics.median(each[at] for each in times)
        worst = max(each[at] for each in times)
        yield Row(
            "desk",
            f"Ctrl+Enter to {what}, median (worst) of {SENDS}",
            f"{median:,.0f} ms ({worst:,.0f})",
            "",
            "",
            f"< {most} ms",
            median < most,
        )


def _write_by_keyboard(desk, reader) -> float:
    """Type a headline and a sentence at a person's pace; seconds until a reader has them.

    A reader's page lists a new headline at once, and shows the text when the reader asks.
    """
    desk.get_by_role("textbox", name="Headline").focus()
    reader.evaluate(f"void (window.arrival = ({ARRIVING})({HEADLINE!r}))")
    begun = time.monotonic()
    desk.keyboard.type(HEADLINE, delay=KEY_PAUSE)
    desk.keyboard.press("Enter")
    desk.keyboard.type(SENTENCE, delay=KEY_PAUSE)
    desk.keyboard.press("Control+Enter")
    reader.evaluate("window.arrival")
    return time.monotonic() - begun


def _make(newsroom) -> dict:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SETUP],
        cwd=ROOT,
        env=inherited | newsroom.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def _desk(chromium, server, story, session):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    cookie = {"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/admin/"}
    context.add_cookies([cookie])
    page = context.new_page()
    page.add_init_script(SENDING)
    page.goto(f"{server.url}/admin/liveblog/story/{story}/desk/")
    page.locator("[data-desk][data-ready]").wait_for()
    return page


def _send(one, two, reader, number) -> tuple[float, float]:
    """Publish one update; milliseconds until a reader and a colleague have it."""
    words = f"Measured update number {number:03}"
    for page in (reader, two):
        page.evaluate(f"void (window.arrival = ({ARRIVING})({words!r}))")
    one.get_by_role("textbox", name="Headline").fill(words)
    one.keyboard.press("Control+Enter")
    arrived = [page.evaluate("window.arrival") for page in (reader, two)]
    sent = one.evaluate("window.sentAt")
    return arrived[0] - sent, arrived[1] - sent
