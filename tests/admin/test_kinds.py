"""What kind of edit it is: asked of every change that readers see."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import cast

from .forms import page_of


@pytest.fixture
def update(story, editor):
    return cast.publish(story, editor.user)


def _chosen(page):
    return page.context["adminform"].form["kind_of_edit"].value()


def test_typo_is_chosen_in_the_first_five_minutes(editor, update):
    assert _chosen(editor.get(page_of(update))) == "typo"


def test_nothing_is_chosen_after_five_minutes(editor, update):
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        page = editor.get(page_of(update))

    assert _chosen(page) is None
    assert " checked" not in page.content.decode().split('id="id_kind_of_edit"')[1][:1500]


def test_each_kind_has_a_key(editor, update):
    page = editor.get(page_of(update)).content.decode()

    assert [f'accesskey="{key}"' in page for key in "talc"] == [True] * 4


def test_draft_is_not_asked(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)

    assert "kind_of_edit" not in editor.get(page_of(draft)).content.decode()
