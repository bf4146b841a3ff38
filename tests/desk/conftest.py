"""A newsroom at its desks: an editor, a reporter, a live story, and what they ask."""

import json
import uuid

import pytest
from django.conf import settings as configured
from django.test import Client

from tests import cast


class Person(Client):
    """Somebody signed in, with short ways to ask the desk of a story."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user, backend=configured.AUTHENTICATION_BACKENDS[-1])
        self.user = user

    def ask(self, story, path, **query):
        return self.get(f"/admin/liveblog/story/{story.pk}/desk/{path}", query)

    def tell(self, story, path, headers=None, **sent):
        address = f"/admin/liveblog/story/{story.pk}/desk/{path}"
        body = json.dumps(sent)
        return self.post(address, body, content_type="application/json", headers=headers or {})

    def send(self, story, id, verb="publish", **sent):
        return self.tell(story, f"updates/{id}/send", verb=verb, **sent)


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def editor(db):
    return Person(cast.make_editor())


@pytest.fixture
def chief(db):
    return Person(cast.make_chief())


@pytest.fixture
def reporter(db):
    return Person(cast.make_reporter())


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor.user)


@pytest.fixture
def new_id():
    return lambda: str(uuid.uuid4())


@pytest.fixture
def words():
    """Content as the composer sends it: `words("The bridge opens")`."""

    def words(headline="The bridge opens", **more):
        return {"headline": headline, "body": f"<p>{headline}, police say.</p>", **more}

    return words
