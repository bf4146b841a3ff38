"""Pictures of fixtures: files beside them alone, decoded and drawn anew."""

import os
from io import BytesIO

import pytest
from django.core.management import CommandError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from liveblog.models import Picture, Story

from .test_fixture_import import FIRST, dump, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def load_picture(load, tmp_path):
    """Load a story with a picture whose file holds `data`, beside the fixture."""

    def load_picture(data, name="pictures/bridge.png"):
        if data is not None:
            (tmp_path / "pictures").mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
        fields = {"file": name, "width": 9, "height": 9, "alt": "A bridge."}
        fields["renditions"] = [{"name": "../../secret.png", "width": 9, "height": 9, "type": "x"}]
        load([*rows(), {"model": "liveblog.picture", "pk": FIRST, "fields": fields}])
        return Picture.objects.get()

    return load_picture


def png(size=(300, 200)):
    out, note = BytesIO(), PngInfo()
    note.add_text("Comment", "private note")
    Image.new("RGB", size, "green").save(out, "PNG", pnginfo=note)
    return out.getvalue()


def test_a_picture_beside_a_fixture_goes_the_way_of_uploads(load_picture, settings):
    picture = load_picture(png() + b"<script>trailing</script>")
    names = [each["name"] for each in picture.renditions]

    assert (picture.width, picture.height) == (300, 200)
    assert names == [f"pictures/{FIRST}-300.webp", f"pictures/{FIRST}-300.jpg"]
    stored = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert sorted(f"pictures/{path.name}" for path in stored) == sorted(names)
    for path in stored:
        assert b"trailing" not in path.read_bytes()
        assert b"private note" not in path.read_bytes()


def test_a_picture_that_was_loaded_is_left_alone(load_picture):
    first = load_picture(png())
    before = dump()

    again = load_picture(png((500, 500)))

    assert again.file.name == first.file.name
    assert dump() == before


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("{outside}/private.png", "lies in pictures/"),
        ("../outside/private.png", "lies in pictures/"),
        ("pictures/../../outside/private.png", "lies in pictures/"),
        ("pictures/link.png", "does not lie beside the fixture"),
        ("pictures/folder/private.png", "lies in pictures/"),
        ("pictures/circle.png", "does not lie beside the fixture"),
        ("pictures/pipe.png", "does not lie beside the fixture"),
        ("pictures/" + "x" * 300 + ".png", "does not lie beside the fixture"),
    ],
)
def test_no_name_and_no_link_leads_elsewhere(load_picture, tmp_path, settings, name, expected):
    """A picture of this machine that the fixture's author never saw would be published."""
    outside, pictures = tmp_path.with_name("outside"), tmp_path / "pictures"
    outside.mkdir(exist_ok=True)
    pictures.mkdir()
    (outside / "private.png").write_bytes(png())
    (pictures / "link.png").symlink_to(outside / "private.png")
    (pictures / "circle.png").symlink_to(pictures / "circle.png")
    (pictures / "folder").symlink_to(outside)
    os.mkfifo(pictures / "pipe.png")

    with pytest.raises(CommandError, match=expected):
        load_picture(None, name.format(outside=outside))

    assert Picture.objects.count() == 0
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_a_link_within_the_fixtures_folder_is_followed(load_picture, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/there.png").write_bytes(png())
    (tmp_path / "pictures/link.png").symlink_to("there.png")

    assert load_picture(None, "pictures/link.png").width == 300


@pytest.mark.parametrize(
    "data", [b"#!/bin/sh\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""]
)
def test_a_file_that_is_no_picture_is_refused(load_picture, settings, data):
    with pytest.raises(CommandError, match=r"pictures/bridge\.png: .*Nothing was loaded"):
        load_picture(data)

    assert Story.objects.count() == Picture.objects.count() == 0
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))
