"""What no database keeps is taken out of what the desk sends."""

import pytest

from liveblog.models import Picture, Source, Story, Update

HALF = "A\ud83d\0B"  # half an emoji, and NUL


@pytest.mark.parametrize("verb", ["save_draft", "submit", "publish"])
def test_half_an_emoji_is_taken_out_of_an_update(editor, story, new_id, verb):
    source = {"name": HALF, "kind": "outlet", "role": "reported_by", "url": ""}
    content = {"headline": HALF, "body": f"<p>{HALF}</p>", "sources": [source]}

    answer = editor.send(story, new_id(), verb, content=content)

    assert answer.status_code == 200
    update = Update.objects.get()
    assert (update.headline, update.body) == ("AB", "<p>AB</p>")
    assert Source.objects.get().name == "AB"


def test_half_an_emoji_is_taken_out_of_all_else(editor, story, new_id, words):
    picture = Picture.objects.create(alt="A bridge")
    asked = {"alt": HALF, "caption": HALF, "credit_name": HALF}
    assert editor.tell(story, f"pictures/{picture.pk}", **asked).status_code == 200
    picture.refresh_from_db()
    assert (picture.alt, picture.caption, picture.credit.name) == ("AB", "AB", "AB")

    assert editor.tell(story, "story", verb="edit_story", headline=HALF).status_code == 200
    assert Story.objects.get().headline == "AB"

    checked = editor.tell(story, f"updates/{new_id()}/check", content=words(HALF), preview=True)
    assert (checked.status_code, "AB" in checked.json()["preview"]) == (200, True)

    id = new_id()
    editor.send(story, id, content=words())
    assert editor.tell(story, f"updates/{id}/retract", note=HALF).status_code == 200
    assert Update.objects.get().retraction_note == "AB"


def test_half_an_emoji_in_a_word_that_is_quoted_is_refused_in_words(editor, story, new_id):
    answer = editor.send(story, new_id(), content={"body": "A", "verification": HALF})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["verification"])


SEARCHES = [
    *("/admin/liveblog/story/{pk}/desk/rows?group=air&q=", "/admin/liveblog/picture/choices/?q="),
    *("/admin/liveblog/story/{pk}/desk/sources?q=", "/admin/liveblog/story/{pk}/desk/people?q="),
    *("/admin/liveblog/update/?q=", "/admin/liveblog/source/?q="),
]


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize("typed", ["%ED%A0%BD", "A%00B"])
def test_half_an_emoji_is_searched_for(editor, story, address, typed):
    assert editor.get(address.format(pk=story.pk) + typed).status_code == 200


@pytest.mark.parametrize("path", ["story", "updates/{id}/send", "updates/{id}/done"])
def test_lists_in_lists_are_refused(editor, story, new_id, path):
    """However deep: JSON's own reader gives up later than what cleans its texts."""
    address = f"/admin/liveblog/story/{story.pk}/desk/{path.format(id=new_id())}"
    for depth in range(1, 1500, 100):
        body = '{"verb": ' + "[" * depth + "]" * depth + "}"
        assert editor.post(address, body, content_type="application/json").status_code < 500
