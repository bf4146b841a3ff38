"""A server with one live story, which tests write to from outside."""

import uuid

import pytest

SETUP = """
editor = cast.make_editor(); chief = cast.make_chief()
cast.make_live_story(editor, "Bridge", slug="bridge")
cast.make_story(editor, "Draft", slug="draft")
"""
ACT = """
from django.contrib.auth.models import User
from liveblog import publishing
from liveblog.models import Story, Update
editor, chief = User.objects.get(username="edith"), User.objects.get(username="chiara")
story = Story.objects.get(slug="{slug}")
"""


@pytest.fixture
def make_newsroom(make_site):
    """Start sites whose `act` runs Python beside the server: `make_newsroom(SITE_NAME="…")`.

    `story`, `editor` and `chief` are at hand there.
    """

    def make_newsroom(**settings):
        site = make_site(**settings)
        site.shell(SETUP)
        site.code = lambda code: f"from tests import cast\n{ACT.format(slug='bridge')}{code}"
        site.act = lambda code, slug="bridge": site.shell(ACT.format(slug=slug) + code)
        return site

    return make_newsroom


@pytest.fixture
def newsroom(make_newsroom):
    return make_newsroom()


@pytest.fixture
def new_id():
    return lambda: str(uuid.uuid4())
