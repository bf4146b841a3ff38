"""The first update of docs/api.md, as somebody pastes it: once, and once more."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from liveblog.models import Update
from tests import cast

DOCS = Path(__file__).parent.parent.parent / "docs" / "api.md"
# Shows what curl would get, an argument a line.
CURL = "curl() { printf '%s\\0' \"$@\"; }\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def pasted():
    """The lines that the page gives, run by a shell twice; the arguments of curl each time."""
    lines = re.search(r"```\n *(TOKEN=.*?)```", DOCS.read_text(), re.DOTALL)[1]
    request = lines[lines.index("curl") :]
    shown = subprocess.run(
        ["sh", "-c", f"{CURL}{lines}\n{request}"], capture_output=True, text=True, check=True
    ).stdout
    arguments = shown.split("\0")[:-1]
    return arguments[: len(arguments) // 2], arguments[len(arguments) // 2 :]


def test_the_first_update_is_made_once(program, editor, pasted):
    story = cast.make_live_story(editor, "Bridge", slug="bridge")
    first, again = pasted
    assert first == again
    path, body = first[2].partition("/api/v1")[2], first[-1]

    answers = [program.ask("PUT", path, json.loads(body)) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 200]
    assert answers[0].json()["status"] == "published"
    assert Update.objects.get().story == story
