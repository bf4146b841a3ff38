"""Pictures in an S3-compatible bucket: every rule that holds for a folder holds for them."""

import io

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from environs import Env
from PIL import Image

from config.media_storage import media_storage
from liveblog import publishing
from liveblog.interchange.picture_sizes import read_picture
from liveblog.models import Picture
from tests import cast, object_store
from tests.object_store import PREFIX
from tests.server import free_port


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with object_store.running(tmp_path_factory.mktemp("store")) as store:
        yield store


@pytest.fixture
def bucket(store, settings, monkeypatch):
    """The store, empty, and this process's pictures in it."""
    store.empty()
    _use(store.settings, settings, monkeypatch)
    return store


@pytest.fixture
def away(store, settings, monkeypatch):
    """A store where nobody answers."""
    nowhere = {"S3_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
    _use(store.settings | nowhere, settings, monkeypatch)


def _use(environment, settings, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | {"default": media_storage(Env())}


def draw(colour=(200, 30, 30)):
    out = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(out, "JPEG")
    return read_picture(out.getvalue(), most_bytes=2**24)


def add(by) -> Picture:
    return publishing.add_picture(draw(), by=by, alt="A bridge in fog")


def addresses(picture) -> list[str]:
    return [default_storage.url(each["name"]) for each in picture.renditions]


def statuses(picture) -> set[int]:
    return {Client().get(address).status_code for address in addresses(picture)}


def test_renditions_are_objects_of_the_bucket(db, bucket):
    picture = add(cast.make_editor())

    names = [each["name"] for each in picture.renditions]
    assert len(names) == 4
    assert sorted(bucket.names()) == sorted(f"{PREFIX}/{name}" for name in names)
    assert addresses(picture) == [f"/media/{name}" for name in names]


def test_bucket_is_closed_to_others(db, bucket):
    picture = add(cast.make_editor())

    acl = bucket.client.get_object_acl(
        Bucket=object_store.BUCKET, Key=f"{PREFIX}/{picture.file.name}"
    )

    assert [grant["Permission"] for grant in acl["Grants"]] == ["FULL_CONTROL"]
    assert "URI" not in acl["Grants"][0]["Grantee"]  # the owner, not "all users"


def test_readers_get_a_picture_while_its_update_is_public(db, bucket):
    editor = cast.make_editor()
    story, picture = cast.make_live_story(editor), add(editor)
    unseen = statuses(picture)

    update = cast.publish(story, editor, pictures=[picture.pk])
    response = Client().get(addresses(picture)[0])
    seen = statuses(picture)
    publishing.retract(update, by=editor, note="Wrong place.")

    assert (unseen, seen, statuses(picture)) == ({404}, {200}, {404})
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=30"
    assert Image.open(io.BytesIO(response.getvalue())).size == (600, 400)


def test_known_picture_is_not_sent_again(db, bucket):
    editor = cast.make_editor()
    picture = add(editor)
    cast.publish(cast.make_live_story(editor), editor, pictures=[picture.pk])
    address = addresses(picture)[0]
    changed = Client().get(address).headers["Last-Modified"]

    again = Client().get(address, headers={"If-Modified-Since": changed})

    assert (again.status_code, again.content) == (304, b"")


def test_lost_object_is_not_found(db, bucket):
    editor = cast.make_editor()
    picture = add(editor)
    cast.publish(cast.make_live_story(editor), editor, pictures=[picture.pk])

    bucket.empty()

    assert statuses(picture) == {404}


def test_deleted_picture_takes_its_objects(db, bucket, django_capture_on_commit_callbacks):
    chief = cast.make_chief()
    kept, picture = publishing.add_picture(draw((9, 9, 9)), by=chief, alt="Fog"), add(chief)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.delete_shared(picture, by=chief)

    names = [each["name"] for each in kept.renditions]
    assert sorted(bucket.names()) == sorted(f"{PREFIX}/{name}" for name in names)


def test_file_of_two_pictures_stays_for_the_other(db, bucket, django_capture_on_commit_callbacks):
    chief = cast.make_chief()
    name = default_storage.save("pictures/a.webp", ContentFile(b"RIFF"))
    one, _other = [Picture.objects.create(alt=alt, file=name) for alt in ("One", "Two")]

    with django_capture_on_commit_callbacks(execute=True):
        publishing.delete_shared(one, by=chief)

    assert default_storage.exists(name)


def test_refused_picture_leaves_no_object(db, bucket):
    with pytest.raises(publishing.Invalid):
        publishing.add_picture(draw(), by=cast.make_editor(), alt="long " * 200)

    assert bucket.names() == []


def test_existing_object_is_not_overwritten(bucket):
    first = default_storage.save("pictures/a.webp", ContentFile(b"first"))
    second = default_storage.save("pictures/a.webp", ContentFile(b"second"))

    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"first"


def test_store_that_is_away_is_an_answer_not_a_crash(db, away, settings):
    editor = cast.make_editor()
    with pytest.raises(publishing.Unstored):
        add(editor)
    assert not Picture.objects.exists()

    picture = Picture.objects.create(alt="A bridge", file="pictures/a.webp")
    cast.publish(cast.make_live_story(editor), editor, pictures=[picture.pk])
    response = Client().get("/media/pictures/a.webp")

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "no-store" in response.headers["Cache-Control"]


def test_missing_bucket_is_an_outage_and_not_an_absent_picture(bucket, settings, monkeypatch):
    monkeypatch.setenv("S3_BUCKET", "misspelt")
    settings.STORAGES = settings.STORAGES | {"default": media_storage(Env())}

    with pytest.raises(OSError, match="NoSuchBucket") as caught:
        default_storage.open("pictures/a.webp")

    assert not isinstance(caught.value, FileNotFoundError)


@pytest.mark.any_database  # the processes meet in the store
def test_two_processes_serve_the_same_pictures(store, make_site):
    store.empty()
    site = make_site(**store.settings)
    twin = site.twin()
    twin.start()
    try:
        name = site.shell(PUBLISH_WITH_PICTURE).strip()
        shown = [httpx.get(f"{each.url}/media/{name}") for each in (site, twin)]
        site.shell(RETRACT)
        hidden = [httpx.get(f"{each.url}/media/{name}").status_code for each in (site, twin)]
    finally:
        twin.stop()

    assert [each.status_code for each in shown] == [200, 200]
    assert shown[0].content == shown[1].content
    assert hidden == [404, 404]
    assert not list(site.folder.glob("media/pictures/*"))


PUBLISH_WITH_PICTURE = """
from liveblog import publishing
from tests.test_s3_storage import draw
editor = cast.make_editor()
picture = publishing.add_picture(draw(), by=editor, alt="A bridge")
cast.publish(cast.make_live_story(editor), editor, pictures=[picture.pk])
print(picture.file.name)
"""
RETRACT = """
from django.contrib.auth.models import User
from liveblog import publishing
from liveblog.models import Update
publishing.retract(Update.objects.get(), by=User.objects.get(username="edith"), note="Wrong.")
"""


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"MEDIA_STORAGE": "ftp"}, "files or s3"),
        ({"MEDIA_STORAGE": "s3"}, "set S3_BUCKET"),
        ({"MEDIA_STORAGE": "s3", "S3_BUCKET": "b", "S3_ACCESS_KEY": "k"}, "S3_SECRET_KEY"),
    ],
)
def test_incomplete_settings_are_refused(monkeypatch, environment, words):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=words):
        media_storage(Env())
