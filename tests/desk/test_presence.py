"""Who has what open, as desks and the admin's forms tell each other."""

import pytest
from django.urls import reverse

from liveblog.editing import presence


@pytest.fixture(autouse=True)
def nobody_is_editing():
    presence._editing.clear()


def _editing(story):
    return {key: sorted(people.values()) for key, people in presence.editing_in(story.pk).items()}


def test_unsaved_words_keep_their_writer_named(editor, story, new_id, words, monkeypatch):
    id, other = new_id(), new_id()
    for each in (id, other):
        editor.send(story, each, "save_draft", content=words(each))
    editor.tell(story, f"updates/{id}/editing", state="open", unsaved=True)
    editor.tell(story, f"updates/{other}/editing", state="open", unsaved=False)
    monkeypatch.setattr(presence, "GONE_AFTER", 0)

    assert _editing(story) == {id: ["edith"]}


def test_a_storys_texts_are_known_to_be_open_on_a_desk_and_in_the_form(editor, chief, story):
    form = reverse("admin:liveblog_story_editing", args=[story.pk])
    editor.tell(story, "editing", state="open")

    assert chief.get(form).json()["others"] == ["edith"]
    assert _editing(story) == {f"story:{story.pk}": ["chiara", "edith"]}
    editor.tell(story, "editing", state="closed")
    assert _editing(story) == {f"story:{story.pk}": ["chiara"]}


def test_who_may_not_edit_the_story_has_it_not_open(reporter, story):
    assert reporter.tell(story, "editing", state="open").status_code == 403
    assert _editing(story) == {}
