"""What the live page's script says, in the language in force."""

import json
from functools import cache

from django.utils.translation import get_language, gettext, ngettext

# A number of each plural form (Unicode's names) in whatever languages have it.
COUNTS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def script_words() -> str:
    """Return the words as JSON; what is counted has one text for each plural form."""
    return _words_in(get_language())


@cache
def _words_in(language):
    said = {
        "live": gettext("Live"),
        "lost": gettext("Reconnecting since %s"),
        "updating": gettext("Updating…"),
        "offline": gettext("Offline since %s"),
        "paused": gettext("Paused"),
        "pause": gettext("Pause"),
        "resume": gettext("Resume"),
        "new": _forms(lambda n: ngettext("%s new update", "%s new updates", n)),
        "added": gettext("added at %s"),
        "away": gettext("You were away: %s"),
        "missed": _forms(lambda n: ngettext("%s update", "%s updates", n)),
        "missedKey": _forms(lambda n: ngettext("%s key event", "%s key events", n)),
        "quiet": gettext("Last update"),
        "gone": gettext("This live blog was withdrawn."),
        "zone": gettext("Your time: %s"),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _forms(text):
    forms = {form: text(count) for form, count in COUNTS.items()}
    return {form: said for form, said in forms.items() if form == "other" or said != forms["other"]}
