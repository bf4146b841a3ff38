"""The editor who carries out the verbs, the story that they are on, and rows to load."""

import json

import pytest
from django.core.management import call_command

from tests import cast


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor)


@pytest.fixture
def load(tmp_path):
    """Load rows as a fixture of their own."""

    def load(data, **options):
        path = tmp_path / "fixture.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        call_command("loaddata", path, verbosity=0, **options)

    return load
