"""Pictures come in through the admin's own views, drawn anew, or not at all."""

import io
import resource

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from PIL import Image

from liveblog import publishing
from liveblog.interchange.picture_sizes import read_picture
from liveblog.models import Picture
from tests import cast

from .conftest import _sign_in
from .forms import add_page, page_of, story_form, update_form


def jpeg(size=(600, 400), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, "JPEG", **options)
    return out.getvalue()


def picture_form(data=None, name="bridge.jpg", **written) -> dict:
    file = SimpleUploadedFile(name, jpeg() if data is None else data, "image/jpeg")
    return {"upload": file, "alt": "A bridge in fog"} | written


def upload_page() -> str:
    return reverse("admin:liveblog_picture_upload")


def stored() -> list[str]:
    if not default_storage.exists("pictures"):
        return []
    return sorted(default_storage.listdir("pictures")[1])


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


@pytest.fixture
def stranger(db):
    return _sign_in(cast.make_user("sam"))


def test_add_page_keeps_the_picture_in_sizes(editor):
    source = cast.make_source("AP")
    answer = editor.post(
        add_page("picture"), picture_form(caption="At dawn", credit=source.pk, _save="")
    )

    picture = Picture.objects.get()
    assert answer.status_code == 302
    assert (picture.alt, picture.caption, picture.credit) == ("A bridge in fog", "At dawn", source)
    assert (picture.width, picture.height) == (600, 400)
    assert picture.created_at
    assert picture.file.name == f"pictures/{picture.pk}-600.jpg"
    assert picture.renditions == [
        {"name": f"pictures/{picture.pk}-{width}.{ending}", "width": width, "height": height}
        | {"type": media_type}
        for width, height in ((600, 400), (480, 320))
        for ending, media_type in (("webp", "image/webp"), ("jpg", "image/jpeg"))
    ]
    for each in picture.renditions:
        image = Image.open(io.BytesIO(read(each["name"])))
        assert image.size == (each["width"], each["height"])
        assert Image.MIME[image.format] == each["type"]


def test_editors_see_a_picture_in_its_smallest_size_too(editor):
    editor.post(add_page("picture"), picture_form(jpeg((2000, 1000))))
    picture = Picture.objects.get()
    address = reverse("admin:liveblog_picture_image", args=[picture.pk])

    small = editor.get(address, {"size": "small"})

    shown = Image.open(io.BytesIO(b"".join(small.streaming_content)))
    assert shown.width == min(each["width"] for each in picture.renditions) < picture.width


def test_what_was_hidden_in_the_file_is_not_stored(editor):
    exif = Image.Exif()
    exif[0x010E] = "a secret meeting"
    data = jpeg(exif=exif, comment=b"a secret") + b"<script>alert(1)</script>"

    editor.post(upload_page(), picture_form(data, name="../../evil.html"))

    assert len(stored()) == 4
    for name in stored():
        data = read(f"pictures/{name}")
        assert b"secret" not in data
        assert b"<script" not in data
        assert name.endswith((".jpg", ".webp"))


def test_upload_answers_the_dialog(editor):
    answer = editor.post(upload_page(), picture_form())

    picture = Picture.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(picture.pk),
        "title": "A bridge in fog",
        "image": reverse("admin:liveblog_picture_image", args=[picture.pk]),
    }
    image = editor.get(answer.json()["image"])
    assert image["Content-Type"] == "image/jpeg"
    assert image["X-Content-Type-Options"] == "nosniff"
    image.close()


@pytest.mark.parametrize("way", ["add", "upload"])
def test_roles_decide_who_uploads(way, stranger, reporter, editor, chief):
    address = add_page("picture") if way == "add" else upload_page()
    answers = [
        client.post(address, picture_form()).status_code
        for client in (Client(), stranger, reporter, editor, chief)
    ]

    done = 302 if way == "add" else 201
    assert answers == [302, 403, done, done, done]
    assert Picture.objects.count() == 3


def test_reporter_changes_no_picture(reporter, editor):
    editor.post(upload_page(), picture_form())
    picture = Picture.objects.get()

    assert reporter.post(page_of(picture), {"alt": "Another"}).status_code == 403


@pytest.mark.parametrize("way", ["add", "upload"])
def test_upload_needs_the_csrf_token(way, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    address = add_page("picture") if way == "add" else upload_page()

    assert strict.post(address, picture_form()).status_code == 403
    assert not Picture.objects.exists()


def test_upload_is_by_post(editor):
    assert editor.get(upload_page()).status_code == 405


@pytest.mark.parametrize("alt", ["", "   "])
def test_alternative_text_is_asked_for(editor, alt):
    page = editor.post(add_page("picture"), picture_form(alt=alt))
    answer = editor.post(upload_page(), picture_form(alt=alt))

    assert "alt" in page.context["adminform"].form.errors
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["alt"]
    assert stored() == []


def test_a_decorative_picture_needs_no_words(editor):
    editor.post(upload_page(), picture_form(alt="", is_decorative="on"))

    picture = Picture.objects.get()
    assert (picture.alt, picture.is_decorative) == ("", True)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (b"<html><script>alert(1)</script>", "no JPEG"),
        (b"%PDF-1.7", "no JPEG"),
        (jpeg()[:600], "damaged"),
        (jpeg((20, 20)), "too small"),
        (b"\xff\xd8\xff" + b"\0" * 20 * 2**20, "more than 20 MB"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_fit_picture_is_refused_beside_its_field(editor, data, expected):
    page = editor.post(add_page("picture"), picture_form(data))
    answer = editor.post(upload_page(), picture_form(data))

    assert expected in str(page.context["adminform"].form.errors["upload"])
    assert answer.status_code == 400
    assert expected in answer.json()["errors"]["upload"][0]
    assert stored() == []
    assert not Picture.objects.exists()


def test_a_body_of_50_mb_is_refused_unread(editor):
    class Body(io.BytesIO):
        def read(self, *_args):
            raise AssertionError("the body was read")

    answers = [
        editor.generic(
            "POST",
            upload_page(),
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(50 * 2**20),
            headers={"accept": accept},
            **{"wsgi.input": Body()},
        )
        for accept in ("text/html", "application/json")
    ]

    assert [answer.status_code for answer in answers] == [413, 413]
    assert "more than 20 MB" in answers[0].content.decode()
    assert "more than 20 MB" in answers[1].json()["errors"]["upload"][0]


def test_a_changed_picture_keeps_its_file(editor):
    editor.post(upload_page(), picture_form())
    before = Picture.objects.get()

    editor.post(page_of(before), {"alt": "A bridge at noon", "upload": picture_form()["upload"]})

    after = Picture.objects.get()
    assert (after.pk, after.file, after.alt) == (before.pk, before.file, "A bridge at noon")
    assert len(stored()) == 4
    assert 'name="upload"' not in editor.get(page_of(after)).content.decode()


def test_files_of_a_row_that_failed_are_taken_away(editor, monkeypatch):
    def fail(*_args, **_kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Picture, "save", fail)

    with pytest.raises(DatabaseError):
        publishing.add_picture(
            read_picture(jpeg(), most_bytes=2**20), by=editor.user, alt="A bridge"
        )

    assert stored() == []


def test_verb_refuses_strangers_and_wants_words(stranger, editor):
    drawn = read_picture(jpeg(), most_bytes=2**20)

    with pytest.raises(publishing.Refused):
        publishing.add_picture(drawn, by=stranger.user, alt="A bridge")
    with pytest.raises(publishing.Invalid) as refused:
        publishing.add_picture(drawn, by=editor.user)

    assert list(refused.value.errors) == ["alt"]
    assert stored() == []


def test_an_uploaded_picture_leads_a_story(editor):
    editor.post(upload_page(), picture_form())
    picture = Picture.objects.get()

    editor.post(add_page("story"), story_form(lead_picture=picture.pk))

    assert picture.led_stories.get().lead_picture == picture


def test_the_same_upload_twice_is_one_picture(editor):
    data = jpeg()

    answers = [editor.post(upload_page(), picture_form(data)).json() for _ in range(2)]
    kept = stored()
    other = editor.post(upload_page(), picture_form(data, alt="Another view")).json()

    assert answers[0] == answers[1]
    assert other["id"] != answers[0]["id"]
    assert Picture.objects.count() == 2
    assert len(stored()) == 2 * len(kept)


def test_upload_takes_a_credit_by_its_name(editor):
    known = cast.make_source("Agence France-Presse")

    editor.post(upload_page(), picture_form(alt="One", credit_name=" agence france-presse "))
    editor.post(upload_page(), picture_form(alt="Two", credit_name="Jane Roe"))
    editor.post(upload_page(), picture_form(alt="Three"))
    refused = editor.post(upload_page(), picture_form(alt="Four", credit_name="…"))

    credits = dict(Picture.objects.values_list("alt", "credit__name"))
    assert credits == {"One": known.name, "Two": "Jane Roe", "Three": None}
    assert refused.status_code == 400
    assert "at least one letter" in refused.json()["errors"]["upload"][0]


@pytest.fixture
def full_disk():
    """No file can grow past 20 KB: what was written of a larger one stays behind."""
    default_storage.save("pictures/first.txt", SimpleUploadedFile("x", b"x"))
    default_storage.delete("pictures/first.txt")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_is_told_and_keeps_no_file(editor, full_disk):
    noise = Image.effect_noise((900, 700), 90)
    out = io.BytesIO()
    noise.save(out, "JPEG")
    drawn = read_picture(out.getvalue(), most_bytes=2**24)

    with pytest.raises(publishing.Unstored, match="Nothing was kept"):
        publishing.add_picture(drawn, by=editor.user, alt="A bridge")

    assert stored() == []
    assert not Picture.objects.exists()


def test_full_disk_is_answered_in_the_desk_s_words(editor, monkeypatch, settings):
    (settings.MEDIA_ROOT).mkdir()
    (settings.MEDIA_ROOT / "pictures").write_text("a file where the folder should be")

    answer = editor.post(upload_page(), picture_form())
    page = editor.post(add_page("picture"), picture_form(_save=""))

    assert answer.status_code == 507
    assert "disk is full" in answer.json()["errors"]["upload"][0]
    assert "disk is full" in page.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("address", [upload_page, lambda: add_page("picture")])
def test_largest_picture_is_a_setting(editor, settings, address):
    settings.PICTURE_MAX_MB = 1
    data = jpeg() + b"\0" * 2**20

    answer = editor.post(address(), picture_form(data))

    assert "more than 1 MB" in answer.content.decode()


def test_a_stranger_finds_no_picture_of_another_team(reporter, editor):
    picture = Picture.objects.create(alt="SECRET bridge", added_by=cast.make_reporter("rita"))
    page = reverse("admin:liveblog_picture_change", args=[picture.pk])
    lists = [reverse("admin:liveblog_picture_changelist")]
    lists += [f"{lists[0]}?q=SECRET", f"{reverse('admin:liveblog_picture_choices')}?q=bridge"]
    lists += [
        f"{reverse('admin:autocomplete')}?app_label=liveblog"
        "&model_name=updatepicture&field_name=picture&term=bridge"
    ]

    for address in [page, reverse("admin:liveblog_picture_image", args=[picture.pk]), *lists]:
        assert b"SECRET bridge" in editor.get(address).content
        assert b"SECRET bridge" not in reporter.get(address).content, address
    assert reporter.get(page).status_code == 302


def test_the_plain_form_refuses_a_picture_of_another_team(reporter):
    """And shows nothing of it beside the refusal."""
    picture = Picture.objects.create(alt="SECRET bridge", added_by=cast.make_reporter("rita"))
    story = cast.make_live_story(cast.make_editor("ed"))
    rows = {"pictures-TOTAL_FORMS": 1, "pictures-0-picture": picture.pk}

    refused = reporter.post(add_page("update"), update_form(story, _draft="", **rows))

    assert refused.status_code == 200
    assert b"SECRET" not in refused.content
    assert not story.updates.exists()
