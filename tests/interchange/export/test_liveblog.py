"""Our own export comes back to the same pages."""

import base64
import json
import re
import struct
import zlib
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from liveblog import publishing
from liveblog.interchange import own_rows
from liveblog.interchange.export import export_story
from liveblog.interchange.own_values import uuid_of
from liveblog.models import Person, Picture, Story, Topic, Update
from liveblog.publishing import SharedRows
from tests import cast
from tests.interchange.importing import bring_in, empty_the_newsroom, exported
from tests.interchange.samples import sample

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *("/", "/live/{slug}/", "/live/{slug}/?order=oldest", "/live/{slug}/corrections/"),
    *("/live/{slug}/atom.xml", "/live/{slug}/rss.xml", "/live/{slug}/feed.json"),
    *("/live/{slug}/embed/", "/live/{slug}/changes/0", "/sources/efe/", "/corrections/"),
    *("/live/{slug}/search?q=bridge", "/sitemap.xml", "/topics/"),
]


def public_bytes(client, story):
    """What readers get on each address, with the epoch left out."""
    found = [each.format(slug=story.slug) for each in ADDRESSES]
    found += [f"/live/{story.slug}/updates/{each}/" for each in known_ids(story)]
    pages = {address: client.get(address) for address in found}
    without = Story.objects.get(slug=story.slug).epoch.encode()
    return {
        address: (page.status_code, page.content.replace(without, b"EPOCH"))
        for address, page in pages.items()
    }


def known_ids(story):
    return sorted(story.updates.values_list("pk", flat=True))


@pytest.fixture
def story():
    """A story with something of every kind."""
    editor = cast.make_editor()
    efe = cast.make_source()
    ana = Person.objects.create(name="Ana Ruiz", role="Correspondent")
    picture = Picture.objects.create(alt="A bridge.", caption="The bridge.", credit=efe)
    story = cast.make_live_story(
        editor,
        introduction="<p>What happened.</p>",
        summary="<p>What we know.</p>",
        bylines=(ana,),
        topics=frozenset([Topic.objects.create(name="War")]),
        lead_picture=picture,
        timezone="Europe/Madrid",
    )
    first = cast.publish(
        story, editor, "The bridge is closed.", sources=(publishing.Citation(efe),)
    )
    second = cast.publish(story, editor, "Two more bridges.", bylines=(ana,), is_key_event=True)
    gone = cast.publish(story, editor, "A name that must go.")
    publishing.save_draft(cast.new_update(story), cast.content("A secret draft."), by=editor)
    publishing.correct(first, cast.content("The bridge was closed."), by=editor, note="Tense.")
    publishing.retract(gone, by=editor, note="Wrong bridge.")
    publishing.pin(second, by=editor)
    written = publishing.StoryContent.of(Story.objects.get(pk=story.pk))
    renamed = replace(written, headline="Bridges closed", slug="bridges")
    publishing.edit_story(story, renamed, by=editor)
    return Story.objects.get(pk=story.pk)


def test_public_bytes_are_the_same(client, story, tmp_path):
    before = public_bytes(client, story)
    path = exported(story, tmp_path / "story.json")
    empty_the_newsroom()

    code, ledger = bring_in(path, tmp_path)

    assert (code, ledger["story"], ledger["entries"]) == (0, "bridges", 4)
    assert (ledger["imported"], ledger["retracted"]) == (3, 1)
    after = public_bytes(client, Story.objects.get())
    for address, page in before.items():
        assert after[address] == page, address
    assert client.get("/live/bridge-closed-in-kursk/").status_code == 301


def test_history_comes_back(story, tmp_path):
    versions = list(story.versions.order_by("id").values_list("verb", "version", "note"))
    path = exported(story, tmp_path / "story.json")
    empty_the_newsroom()

    bring_in(path, tmp_path)

    restored = story.__class__.objects.get().versions.exclude(verb="import").order_by("id")
    assert sorted(restored.values_list("verb", "version", "note")) == sorted(versions)
    corrected = Update.objects.get(headline="The bridge was closed")
    assert corrected.versions.filter(by__username="edith", content__headline=corrected.headline)


def test_twice_changes_nothing(story, tmp_path):
    path = exported(story, tmp_path / "story.json")
    empty_the_newsroom()
    bring_in(path, tmp_path)
    rows = list(Update.objects.order_by("id").values())

    code, ledger = bring_in(path, tmp_path)

    assert (code, ledger["unchanged"], ledger["retracted"], ledger["imported"]) == (0, 4, 0, 0)
    assert list(Update.objects.order_by("id").values()) == rows


@pytest.mark.parametrize("numbers", [(0, 0), (None, 1), (1, None), (3, 2)])
def test_update_whose_numbers_do_not_fit_is_refused(story, tmp_path, numbers):
    path = exported(story, tmp_path / "story.json")
    empty_the_newsroom()
    data = json.loads(path.read_text())
    data["updates"][0] |= dict(zip(("number", "revision"), numbers, strict=True))
    path.write_text(json.dumps(data))

    code, ledger = bring_in(path, tmp_path)

    assert (code, len(ledger["refused"]), ledger["entries"]) == (1, 1, 4)


def test_story_without_updates_makes_one_story(tmp_path):
    story = cast.make_story(cast.make_editor())
    path = exported(story, tmp_path / "story.json")
    empty_the_newsroom()

    for _time in range(2):
        assert bring_in(path, tmp_path)[1]["story"] == story.slug

    assert Story.objects.get().uid == story.uid


def test_into_the_newsroom_it_came_from(story, tmp_path):
    path = exported(story, tmp_path / "story.json")

    code, ledger = bring_in(path, tmp_path)

    assert (code, ledger["unchanged"], ledger["retracted"]) == (0, 4, 0)
    assert ledger["warnings"] == []
    assert Story.objects.get().revision == story.revision


@pytest.fixture
def newer(story, tmp_path):
    """Restore the story, then import its export with one update more: `newer(status="draft")`."""

    def newer(*, publish=False, state="live", **columns):
        path = exported(story, tmp_path / "story.json")
        empty_the_newsroom()
        bring_in(path, tmp_path)
        data = json.loads(path.read_text())
        data["story"]["status"] = state
        published = next(each for each in data["updates"] if each["status"] == "published")
        more = {"id": str(uuid4()), "corrections": [], "is_pinned": False}
        data["updates"].append({**published, **more, **columns})
        path.write_text(json.dumps(data))
        code, ledger = bring_in(path, tmp_path, publish=publish)
        assert (code, ledger["imported"], ledger["unchanged"]) == (0, 1, 4)
        return Update.objects.get(pk=more["id"])

    return newer


SCHEDULED = {
    "status": "scheduled",
    "scheduled_for": "2999-01-01T00:00:00+00:00",
    "published_at": None,
    "number": None,
    "revision": None,
}


def test_newer_export_publishes_only_where_that_is_asked_for(newer):
    assert newer().status == "draft"


def test_newer_export_publishes_where_that_is_asked_for(newer):
    assert newer(publish=True).status == "published"


def test_newer_export_of_a_withdrawn_story_publishes_nothing(newer):
    assert newer(publish=True, state="withdrawn").status == "draft"


@pytest.mark.parametrize("publish", [True, False])
def test_newer_export_schedules_nothing(newer, publish):
    update = newer(publish=publish, **SCHEDULED)

    assert (update.status, update.scheduled_for) == ("draft", None)


def test_whole_export_is_json_with_an_update_a_line(story):
    text = b"".join(export_story(story, "liveblog").chunks).decode()

    assert len(json.loads(text)["updates"]) == 4
    assert len(re.findall(r'^\{"id": ', text, re.M)) == 5  # and the picture


@pytest.fixture
def with_picture(story, tmp_path):
    """Import the story with its one picture changed: `with_picture(width="x")`."""

    def with_picture(**columns):
        path = exported(story, tmp_path / "story.json")
        empty_the_newsroom()
        data = json.loads(path.read_text())
        data["pictures"][0] |= {"file": NAME, **columns}
        path.write_text(json.dumps(data))
        return bring_in(path, tmp_path)

    return with_picture


NAME = "pictures/bridge.png"


def test_ids_of_pictures_are_read_once(monkeypatch):
    asked = Counter()

    def counted(said):
        asked[said] += 1
        return uuid_of(said)

    monkeypatch.setattr(own_rows, "uuid_of", counted)
    ids = [str(uuid4()) for _each in range(20)]
    original = {"story": {}, "pictures": [{"id": id} for id in ids]}
    rows = own_rows.OwnRows(original, SharedRows(), names_people=False)
    row = json.loads(sample("liveblog/live.json"))["updates"][0]

    for id in ids:
        assert rows.update({**row, "pictures": [id]}).content.pictures == (UUID(id),)
        rows.files(UUID(id))

    assert set(asked.values()) == {2}  # where it stands, and in its update


@pytest.mark.parametrize("width", ["x", -1, 2**40, {}])
def test_picture_whose_size_can_not_be_kept_is_refused_in_words(with_picture, width):
    assert with_picture(width=width) == (2, {})
    assert not Story.objects.exists()


def test_picture_that_would_fill_the_memory_comes_in_without_its_file(with_picture):
    bomb = base64.b64encode(png_of(60_000, 60_000)).decode()

    code, ledger = with_picture(files={NAME: bomb})

    assert (code, ledger["imported"]) == (0, 3)
    assert any("without their files" in each for each in ledger["warnings"])


def png_of(width, height):
    """Return the head of a PNG, without its pixels."""
    parts = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT", b"IEND"
    chunks = (
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_picture_files_come_along(client, tmp_path, settings):
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    call_command("loaddata", "ukraine_kursk", verbosity=0)
    story = Story.objects.get()
    before = public_bytes(client, story)
    path = exported(story, tmp_path / "kursk.json")
    empty_the_newsroom()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    code, ledger = bring_in(path, tmp_path)

    assert (code, ledger["warnings"]) == (0, [])
    assert (
        public_bytes(client, Story.objects.get())["/live/ukraine-kursk/"]
        == (before["/live/ukraine-kursk/"])
    )
    (picture,) = Picture.objects.exclude(file="")
    assert b"".join(client.get(picture.file.url).streaming_content).startswith(b"\xff\xd8")
