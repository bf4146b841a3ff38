"""A process that writes into a newsroom, and renders its pages without any cache.

Reads one JSON command a line, answers with one line; times are seconds, moments are of
the monotonic clock, which all processes of a machine share.
"""

import json
import logging
import os
import sys
import time
import uuid
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from config.wsgi import readers
from liveblog import publishing
from liveblog.live.cached_response import CachedResponse
from liveblog.live.queries import read_batch, read_parts
from liveblog.models import Source, Story, Update
from liveblog.queries.changes import Cursor

from .seed import TEXT, make_story

BROWSER, FACTORY = Client(), RequestFactory()


def seed(sizes) -> dict:
    """Write stories of these sizes, and say how to reach them and how to sign in."""
    editor = User.objects.create_user("edith", password=None, is_staff=True)
    editor.groups.set([Group.objects.get(name="Editor")])
    return {"session": _session(editor), "stories": {size: make_story(size).pk for size in sizes}}


def _session(user) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "liveblog.accounts.NewsroomBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.set_expiry(12 * 3600)
    session.create()
    return session.session_key


def seed_small(slugs) -> dict:
    """Write a live story of 40 updates under each address that has none."""
    return _seed_named(slugs, 40)


def seed_fifty(slug) -> dict:
    """Write a live story of 50 updates, which no other goal publishes in."""
    return _seed_named([slug], 50)


def _seed_named(slugs, size):
    there = set(Story.objects.values_list("slug", flat=True))
    return {"stories": {slug: make_story(size, slug).pk for slug in slugs if slug not in there}}


def cursor(slug) -> dict:
    story = Story.objects.get(slug=slug)
    middle = story.updates.oldest_first()[max(0, story.update_count // 2)]
    return {
        "epoch": story.epoch,
        "revision": story.revision,
        "middle": str(middle.pk),
        "count": story.update_count,
    }


def token(name) -> dict:
    """Make a token that reads published updates as the editor."""
    editor = User.objects.get(username="edith")
    chief = User.objects.create_user("chief", password=None, is_staff=True)
    chief.groups.set([Group.objects.get(name="Chief editor")])
    text = publishing.create_token(by=chief, name=name, person=editor, scopes=["read"])[1]
    return {"token": text}


def publish(slug) -> dict:
    """Publish one update, and say when it was asked for and when it was committed."""
    verb = _publication(slug)
    begun = time.monotonic()
    row = verb()
    return {"begun": begun, "committed": time.monotonic(), "revision": row.revision}


def _publication(slug):
    """Make ready what a request knows before it publishes."""
    story, editor = Story.objects.get(slug=slug), User.objects.get(username="edith")
    publishing.roles_of(editor)  # as in a request, which has asked whether they see the story
    cited = (publishing.Citation(Source.objects.first()),)
    text = TEXT.format(n=time.time())
    content = publishing.UpdateContent(headline="From the river", body=text, sources=cited)
    update = Update(id=uuid.uuid4(), story=story)
    return partial(publishing.publish, update, by=editor, content=content)


def fetch(path) -> dict:
    """Fetch an address from Django itself, as a server has it rendered; no front, no server."""
    begun = time.perf_counter()
    body = _rendered(path)
    return {"seconds": time.perf_counter() - begun, "bytes": len(body)}


def _rendered(path) -> bytes:
    answered = {}
    environ = FACTORY.get(path, SERVER_NAME="127.0.0.1").environ
    answer = readers(environ, lambda status, headers: answered.update(status=status))
    try:
        assert answered["status"] == "200 OK", (path, answered)
        return b"".join(answer)
    finally:
        answer.close()


def publish_and_weigh(slug) -> dict:
    """Publish one update, and say how many bytes its events have for readers who were there."""
    story = Story.objects.get(slug=slug)
    before = Cursor(story.epoch, story.revision)
    shown = read_parts(story.pk, str(before))
    moments = publish(slug)
    return {**moments, "bytes": len(read_batch(story.pk, before, shown).events)}


def cost(slug) -> dict:
    """Publish an update, and say what each thing that this causes costs in processor time.

    One process does it all, as the one that serves readers: the events of its stream, the
    story's page and the front page anew, and both in gzip. In milliseconds.
    """
    story = Story.objects.get(slug=slug)
    before = Cursor(story.epoch, story.revision)
    shown = read_parts(story.pk, str(before))  # as a channel knows them
    _publication(slug)()
    path, spent = f"/live/{slug}/", {}
    spent["events"], _ = _processor_time(lambda: read_batch(story.pk, before, shown))
    spent["page"], page = _processor_time(lambda: _rendered(path))
    spent["front"], front = _processor_time(lambda: _rendered("/"))
    bodies = [page, front]
    spent["gzip"], _ = _processor_time(
        lambda: [CachedResponse.make(200, [], body) for body in bodies]
    )
    spent["page again"], _ = _processor_time(lambda: _rendered(path))
    return spent


def _processor_time(work) -> tuple[float, object]:
    begun = time.process_time()
    made = work()
    return 1000 * (time.process_time() - begun), made


def sign_in(times) -> dict:
    """Try a wrong password with names that there are and are not; seconds of each, by kind.

    Each attempt is another name, from another address: none is throttled.
    """
    logging.getLogger("axes").setLevel(logging.ERROR)  # a line for each
    kinds = {
        "a colleague's name": {},
        "one who is invited": {},
        "one who left": {},
        "unknown": None,
    }
    kinds["one who is invited"] = {"password": make_password(None)}
    kinds["one who left"] = {"is_active": False}
    password, spent = make_password("correct horse battery staple"), {kind: [] for kind in kinds}
    for number in range(times + 2):
        for place, (kind, fields) in enumerate(kinds.items()):
            name = f"person-{number}-{place}"
            if fields is not None:
                User.objects.create(
                    **{"username": name, "password": password, "is_staff": True} | fields
                )
            seconds = _refused_sign_in(name, f"10.{place}.{number}.1")
            if number >= 2:  # both sides are warm
                spent[kind].append(seconds)
    return spent


def _refused_sign_in(name, address) -> float:
    form = {"username": name, "password": "wrong"}
    begun = time.perf_counter()
    answer = BROWSER.post("/admin/login/", form, SERVER_NAME="127.0.0.1", REMOTE_ADDR=address)
    seconds = time.perf_counter() - begun
    assert answer.status_code == 200, answer.status_code
    return seconds


def queries(command, argument) -> dict:
    """Count the queries of another command."""
    work = {"publish": _publication}.get(command, lambda _: partial(fetch, argument))(argument)
    with CaptureQueriesContext(connection) as caught:
        work()
    return {"queries": len(_queries(caught))}


def _queries(caught):
    """Leave out what a transaction is made of."""
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [each for each in caught if not each["sql"].startswith(frame)]


COMMANDS = {
    "seed": seed,
    "seed_small": seed_small,
    "seed_fifty": seed_fifty,
    "cursor": cursor,
    "token": token,
    "publish": publish,
    "publish_and_weigh": publish_and_weigh,
    "fetch": fetch,
    "cost": cost,
    "sign_in": sign_in,
}


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        counted = request.pop("count_queries", False)
        ((command, argument),) = request.items()
        answer = queries(command, argument) if counted else COMMANDS[command](argument)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
