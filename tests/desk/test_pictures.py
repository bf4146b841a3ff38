"""The pictures of the composer: their words, and whose they are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liveblog import publishing
from liveblog.models import Picture, Source
from tests import cast
from tests.admin.test_picture_upload import jpeg

from .conftest import Person


def _describe(person, story, picture, **words):
    return person.tell(story, f"pictures/{picture.pk}", alt="A bridge", **words)


def test_a_credit_that_is_not_known_yet_is_made(editor, story):
    picture = Picture.objects.create(alt="A bridge")

    for _ in range(2):
        answer = _describe(editor, story, picture, credit_name="Maria Fotografa")

    assert answer.status_code == 200
    assert Source.objects.get().name == "Maria Fotografa"
    assert Picture.objects.get().credit == Source.objects.get()


def test_a_credit_too_long_for_a_name_is_refused(editor, story):
    picture = Picture.objects.create(alt="A bridge")

    assert _describe(editor, story, picture, credit_name="x" * 999).status_code == 422


@pytest.fixture
def stranger(db):
    return Person(cast.make_reporter("sam"))


@pytest.fixture
def hidden(chief, reporter):
    """A picture in a draft of a story whose team the stranger is not on."""
    closed = cast.make_live_story(chief.user, "Closed")
    publishing.set_team(closed, [reporter.user], by=chief.user)
    picture = Picture.objects.create(alt="SECRET bridge", added_by=reporter.user)
    draft, content = cast.new_update(closed), cast.content(pictures=(picture.pk,))
    publishing.save_draft(draft, content, by=reporter.user)
    return picture


def test_a_stranger_can_not_rewrite_a_picture_of_another_team(stranger, story, hidden):
    assert _describe(stranger, story, hidden, caption="HACK").status_code == 422

    assert Picture.objects.get().alt == "SECRET bridge"


@pytest.mark.parametrize("inside", [True, False], ids=["in the text", "after it"])
def test_a_stranger_can_not_use_or_preview_it(stranger, story, hidden, new_id, words, inside):
    body = f'<p>A</p><img data-picture="{hidden.pk}">'
    content = words(body=body) if inside else words(pictures=[str(hidden.pk)])
    id = new_id()

    for answer in (
        stranger.send(story, id, "save_draft", version=None, content=content),
        stranger.send(story, id, "submit", version=None, content=content),
        stranger.tell(story, f"updates/{id}/check", content=content, preview=True),
    ):
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["pictures"])
        assert b"SECRET" not in answer.content


def test_a_reporters_new_picture_is_theirs(reporter, stranger, story):
    upload = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    address = f"/admin/liveblog/story/{story.pk}/desk/pictures"
    picture = Picture.objects.get(pk=reporter.post(address, {"upload": upload}).json()["id"])

    assert picture.added_by == reporter.user
    assert _describe(stranger, story, picture).status_code == 422
    assert _describe(reporter, story, picture).status_code == 200
