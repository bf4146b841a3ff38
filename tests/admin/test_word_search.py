"""The admin's lists are searched as readers search."""

import pytest
from django.urls import reverse

from liveblog.models import Picture, Source
from liveblog.publishing import Citation, UpdateContent, save_draft
from tests import cast


def _found(client, name, asked):
    page = client.get(reverse(f"admin:liveblog_{name}_changelist"), {"q": asked})
    return [str(row) for row in page.context["cl"].result_list]


@pytest.mark.parametrize("asked", ["міст", "МІСТ", "міс", "памʼять", "Efé"])
def test_updates_are_found_however_their_words_are_written(editor, story, asked):
    source = Source.objects.create(name="Efe")
    cited = UpdateContent("Міст закрито", "<p>Пам’ять</p>", sources=(Citation(source),))
    save_draft(cast.new_update(story), cited, by=editor.user)
    save_draft(cast.new_update(story), UpdateContent("Other"), by=editor.user)

    assert _found(editor, "update", asked) == ["Міст закрито"]


def test_sources_and_stories_are_found_without_accents(editor, story):
    Source.objects.create(name="Diário de Notícias")
    Source.objects.create(name="Efe")

    assert _found(editor, "source", "noticias diario") == ["Diário de Notícias"]
    assert _found(editor, "story", story.slug[:4]) == [str(story)]


@pytest.mark.parametrize("asked", ["міст", "ROE", "fog міст"])
def test_pictures_are_found_by_words_and_credit(editor, asked):
    credit = Source.objects.create(name="Jane Roe")
    bridge = Picture.objects.create(alt="Міст", caption="Fog", credit=credit)
    Picture.objects.create(alt="Tunnel")

    answer = editor.get(reverse("admin:liveblog_picture_choices"), {"q": asked}).json()

    assert [each["id"] for each in answer["pictures"]] == [str(bridge.pk)]
