"""What kind of edit it is: asked of every change that readers see."""

import pytest

from tests import cast

from .forms import page_of


@pytest.fixture
def update(story, editor):
    return cast.publish(story, editor.user)


def test_no_kind_is_chosen_beforehand(editor, update):
    page = editor.get(page_of(update))

    assert page.context["adminform"].form["kind_of_edit"].value() is None
    assert " checked" not in page.content.decode().split('id="id_kind_of_edit"')[1][:1500]


def test_each_kind_has_a_key(editor, update):
    page = editor.get(page_of(update)).content.decode()

    assert [f'accesskey="{key}"' in page for key in "talc"] == [True] * 4


def test_draft_is_not_asked(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)

    assert "kind_of_edit" not in editor.get(page_of(draft)).content.decode()
