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
def newsroom(make_site):
    """A site whose `act` runs Python beside the server; `story`, `editor` and `chief` at hand."""
    site = make_site()
    site.shell(SETUP)
    site.act = lambda code, slug="bridge": site.shell(ACT.format(slug=slug) + code)
    return site


@pytest.fixture
def new_id():
    return lambda: str(uuid.uuid4())
