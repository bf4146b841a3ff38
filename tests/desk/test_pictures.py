"""The words of a picture, as the composer saves them."""

from liveblog.models import Picture, Source


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
