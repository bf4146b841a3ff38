"""The desk's page, and what its scripts go by."""

import json
import re

from liveblog import publishing


def settings_of(page) -> dict:
    found = re.search(r'id="desk-settings" type="application/json">(.*?)</script>', page.text)
    return json.loads(found[1])


def test_the_page_offers_undo_as_long_as_the_verb_allows_it(editor, story):
    assert settings_of(editor.ask(story, ""))["undoFor"] == publishing.UNDO_WITHIN.total_seconds()
