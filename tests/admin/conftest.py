"""The cast of the admin's tests, signed in."""

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.cast import make_chief, make_editor, make_live_story, make_reporter


def _sign_in(user):
    client = Client()
    client.force_login(user, backend=configured.AUTHENTICATION_BACKENDS[-1])
    client.user = user
    return client


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    """A folder that is there: the middleware for static files warns where none is."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def editor(db):
    return _sign_in(make_editor())


@pytest.fixture
def chief(db):
    return _sign_in(make_chief())


@pytest.fixture
def reporter(db):
    return _sign_in(make_reporter())


@pytest.fixture
def story(editor):
    return make_live_story(editor.user)
