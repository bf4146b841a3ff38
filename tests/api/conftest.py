"""The people of the newsroom and their programs."""

import pytest

from tests.cast import make_chief, make_editor, make_live_story, make_reporter

from .client import Program


@pytest.fixture
def chief(db):
    return make_chief()


@pytest.fixture
def editor(db):
    return make_editor()


@pytest.fixture
def reporter(db):
    return make_reporter()


@pytest.fixture
def story(editor):
    return make_live_story(editor)


@pytest.fixture
def program(editor, chief):
    """A program that may do all that an editor may."""
    return Program(editor, chief)
