"""A story's language and zone are chosen from lists; no value of a row is lost in them."""

import re

from liveblog.models import Story

from .forms import add_page, page_of, story_form


def _options(html, name):
    (select,) = re.findall(rf'<select name="{name}".*?</select>', html, re.DOTALL)
    chosen = re.findall(r'<option value="([^"]*)" selected', select)
    return chosen, re.findall(r'<option value="([^"]*)"', select)


def test_new_story_offers_lists(editor):
    page = editor.get(add_page("story")).content.decode()

    language, languages = _options(page, "language")
    zone, zones = _options(page, "timezone")
    assert (language, zone) == (["en"], ["UTC"])
    assert languages[:3] == ["en", "es", "uk"]
    assert {"ar", "ja", "pt-br"} <= set(languages)
    assert {"UTC", "Europe/Kyiv", "America/Argentina/Ushuaia"} <= set(zones)
    assert not {"EST", "US/Pacific", "Etc/GMT+1"} & set(zones)


def test_story_keeps_what_no_list_has(editor):
    editor.post(add_page("story"), story_form(language="gsw-CH", timezone="US/Pacific"))
    story = Story.objects.get()
    page = editor.get(page_of(story)).content.decode()

    assert (story.language, story.timezone) == ("gsw-CH", "US/Pacific")
    assert _options(page, "language")[0] == ["gsw-CH"]
    assert _options(page, "timezone")[0] == ["US/Pacific"]


def test_rubbish_in_the_place_of_a_choice_is_refused_beside_it(editor):
    page = editor.post(add_page("story"), story_form(language="no language", timezone="Mars/X"))

    assert {"language", "timezone"} <= set(page.context["adminform"].form.errors)
    assert not Story.objects.exists()
