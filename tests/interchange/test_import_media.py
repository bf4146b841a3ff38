"""Pictures of an import: found in a folder by their names."""

import io
import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from liveblog.interchange.archive import Archive
from liveblog.interchange.import_media import MediaFolder, add_files
from liveblog.models import Picture
from tests.interchange.importing import bring_in
from tests.interchange.samples import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(tmp_path):
    """A folder as WordPress keeps it, with the original of a picture in its year and month."""
    folder = tmp_path / "uploads" / "2024" / "10"
    folder.mkdir(parents=True)
    drawn = io.BytesIO()
    Image.new("RGB", (640, 400), (20, 80, 120)).save(drawn, "JPEG")
    (folder / "quay.jpg").write_bytes(drawn.getvalue())
    return tmp_path / "uploads"


def bring_strike_in(tmp_path, **options):
    source = FOLDER / "wordpress/two-posts.xml"
    return bring_in(source, tmp_path, select=["41"], publish=True, **options)


def test_file_of_the_same_name_is_used(client, tmp_path, uploads):
    _code, ledger = bring_strike_in(tmp_path, media=uploads)

    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.alt) == (640, 400, "Empty quay")
    assert not ledger["warnings"]
    assert b"".join(client.get(picture.file.url).streaming_content)[:2] == b"\xff\xd8"


def test_picture_without_a_file_keeps_its_words(tmp_path):
    _code, ledger = bring_strike_in(tmp_path)

    picture = Picture.objects.get()
    assert (picture.file.name, picture.caption) == ("", "The empty quay. Photo: R. Diaz")
    assert ledger["warnings"] == ["pictures that came without their files (1): quay-800x600.jpg"]


def test_file_that_is_no_picture_is_told(tmp_path, uploads):
    (uploads / "2024/10/quay.jpg").write_bytes(b"<script>alert(1)</script>")

    _code, ledger = bring_strike_in(tmp_path, media=uploads)

    assert "quay-800x600.jpg can't be used" in ledger["warnings"][0]
    assert not Picture.objects.get().file


@pytest.mark.parametrize("kind", ["link", "circle", "pipe"])
def test_no_link_leads_out_of_the_folder(tmp_path, uploads, kind):
    """A folder is somebody else's, as the file is: what it does not hold is not published."""
    quay, outside = uploads / "2024/10/quay.jpg", tmp_path / "private.jpg"
    quay.rename(outside)
    if kind == "pipe":
        os.mkfifo(quay)
    else:
        quay.symlink_to(outside if kind == "link" else quay)

    _code, ledger = bring_strike_in(tmp_path, media=uploads)

    assert ledger["warnings"] == ["pictures that came without their files (1): quay-800x600.jpg"]
    assert not Picture.objects.get().file


def test_of_our_own_export_only_pictures_are_taken(tmp_path, uploads):
    """They come back as they are, byte for byte, and are not drawn anew."""
    (uploads / "page.png").write_bytes(b"<script>alert(1)</script>")
    (uploads / "gone.png").symlink_to("nowhere.png")
    names = {f"pictures/{name}" for name in ("quay.jpg", "page.png", "gone.png", "other.png")}

    read = MediaFolder(uploads).read(names)

    assert read == {"pictures/quay.jpg": (uploads / "2024/10/quay.jpg").read_bytes()}


def test_dry_run_keeps_no_file(tmp_path, uploads, settings):
    bring_strike_in(tmp_path, media=uploads, dry_run=True)

    assert not list(settings.MEDIA_ROOT.glob("pictures/*"))


def test_files_of_the_first_live_blog_go_where_the_second_fails(tmp_path, uploads, settings):
    source = FOLDER / "wordpress/two-posts.xml"

    # The second can't have the address that the first has taken.
    answer = bring_in(source, tmp_path, select=["all"], slug="strike", media=uploads)

    assert answer == (2, {})
    assert not Picture.objects.exists()
    assert not list(settings.MEDIA_ROOT.glob("pictures/*"))


def test_folder_that_is_none_is_refused(tmp_path):
    assert bring_strike_in(tmp_path, media=tmp_path / "nowhere") == (2, {})


def test_many_pictures_are_asked_for_in_parts():
    archive = Archive("feed", "", "")
    rows = [Picture(id=archive.picture(f"https://old.example/{n}.jpg")) for n in range(2000)]
    with CaptureQueriesContext(connection) as queries:
        add_files(MediaFolder(None), archive, rows, None)

    assert len(queries) == 4
