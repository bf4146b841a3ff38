"""The editor who carries out the verbs, and the story that they are on."""

import pytest

from tests import cast


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor)
