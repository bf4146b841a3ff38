"""One update says the same wherever it is shown; a withdrawn one is said nowhere."""

import json

import pytest

from liveblog import publishing
from liveblog.models import Person
from liveblog.publishing import Citation
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def update(editor):
    story = cast.make_live_story(editor, "Bridge", slug="bridge", timezone="Europe/Madrid")
    return cast.publish(
        story,
        editor,
        "Parity words.",
        headline="Parity headline",
        sources=(Citation(cast.make_source("Efe")),),
        bylines=(Person.objects.create(name="Ana Ruiz"),),
        is_key_event=True,
    )


def surfaces(client, update):
    """Every output that shows an update in full, as HTML."""
    told = json.loads(client.get("/live/bridge/changes/0").content)
    changed = [each.get("html", "") for each in told["changes"]]
    return {
        "page": client.get("/live/bridge/").text,
        "oldest first": client.get("/live/bridge/?order=oldest").text,
        "by itself": client.get(f"/live/bridge/updates/{update.pk}/").text,
        "change answer": "".join(changed),
    }


def test_every_output_says_the_same(client, update):
    at = update.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    for name, html in surfaces(client, update).items():
        for words in ("Parity headline", "<p>Parity words.</p>", at, "Ana Ruiz", ">Efe</a>"):
            assert words in html, (name, words)
        assert f'href="/live/bridge/updates/{update.pk}/"' in html, name


def test_the_article_is_the_same_to_the_byte(client, update):
    told = json.loads(client.get("/live/bridge/changes/0").content)
    [html] = [each["html"] for each in told["changes"] if each["type"] == "update"]
    [parts] = [each["parts"] for each in told["changes"] if each["type"] == "story"]

    page = client.get("/live/bridge/").text

    assert html in page
    for name, part in parts.items():
        assert part in page, name


@pytest.mark.parametrize("way", ["with a note", "without trace", "undone"])
def test_a_withdrawn_update_is_said_nowhere(client, update, editor, way):
    if way == "undone":
        publishing.undo(update, by=editor)
    else:
        publishing.retract(
            update,
            by=editor,
            note="It was wrong." if way == "with a note" else "",
            without_trace=way == "without trace",
        )

    shown = surfaces(client, update)
    shown |= {path: client.get(path).text for path in ("/", "/corrections/", "/sources/efe/")}
    shown |= {path: client.get(path).text for path in ("/authors/ana-ruiz/",)}
    for name, html in shown.items():
        for words in ("Parity", "Ana Ruiz", ">Efe<"):
            assert words not in html, (name, words)
    assert client.get(f"/live/bridge/updates/{update.pk}/").status_code == 410
    assert ("It was wrong." in shown["/corrections/"]) is (way == "with a note")
