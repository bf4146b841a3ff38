"""Which pictures a server goes on to show while the database is away."""

import asyncio

import pytest

from liveblog.live.shown_pictures import IS_SHOWN, MOST, ShownPictures

pytestmark = pytest.mark.any_database


def answering(status, asked, meanwhile=lambda: None):
    async def django(scope, receive, send):
        asked.append(scope)
        meanwhile()
        await send({"type": "http.response.start", "status": status, "headers": []})

    return django


def ask(pictures, *paths):
    async def send(message):
        pass

    async def go():
        for path in paths:
            await pictures.ask({"path": path}, None, send)
        if paths[-1] in pictures:
            await pictures.serve_on({"path": paths[-1]}, None, send)

    asyncio.run(go())


@pytest.mark.parametrize(("status", "is_known"), [(200, True), (304, True), (404, False)])
def test_what_readers_saw_is_known_and_served_without_a_question(status, is_known):
    asked = []
    pictures = ShownPictures(answering(status, asked))

    ask(pictures, "/media/a.jpg")

    assert ("/media/a.jpg" in pictures) == is_known
    assert [each.get(IS_SHOWN) for each in asked] == [None, True][: 1 + is_known]


def test_a_removal_forgets_even_what_is_being_served():
    pictures = ShownPictures(None)
    pictures._django = answering(200, [], meanwhile=pictures.forget)

    ask(pictures, "/media/a.jpg")

    assert "/media/a.jpg" not in pictures


def test_what_is_remembered_is_bounded():
    pictures = ShownPictures(answering(200, []))

    ask(pictures, *(f"/media/{number}.jpg" for number in range(MOST + 1)))

    assert "/media/0.jpg" not in pictures
    assert f"/media/{MOST}.jpg" in pictures
