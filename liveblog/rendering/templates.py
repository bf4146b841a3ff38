"""Render a template with what it is given and nothing else: no request, no cookie, no user."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from unicodedata import bidirectional

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
SEEN = 400  # characters of a text that tell which way it is written


def render(name: str, **context) -> SafeString:
    """Render `liveblog/<name>` without its blank lines; another template may include it."""
    text = get_template(f"liveblog/{name}").render(context)
    return mark_safe("\n".join(filter(str.strip, text.split("\n"))))  # noqa: S308 # nosec B308 B703 # a template's


def direction_of(language: str) -> str:
    """Return which way a language is written: ltr or rtl."""
    return "rtl" if language.partition("-")[0] in RTL else "ltr"


def other_direction(text: str, language: str) -> str:
    """Return which way a text is written where it is another than its story's language is."""
    kinds = Counter(map(bidirectional, text[:SEEN]))  # Unicode Standard Annex 9, table 4
    to_left, to_right = kinds["R"] + kinds["AL"], kinds["L"]
    if not to_left + to_right:
        return ""
    own = "rtl" if to_left > to_right else "ltr"
    return own if own != direction_of(language) else ""


def interface_language(language: str) -> str:
    """Return the language of the words round a text: its own, or else the site's, where whole.

    Django has parts of a hundred languages; half a page in each of two is worse than one.
    """
    whole = {code.lower(): code for code, _ in settings.LANGUAGES}
    for wished in (language, settings.LANGUAGE_CODE):
        for code in (wished.lower(), wished.lower().partition("-")[0]):
            if code in whole:
                return whole[code]
    return "en"


def speaking(language: str) -> translation.override:
    """Write the interface, and its dates, beside a text in this language."""
    return translation.override(interface_language(language))


LATIN = "latin"  # headline type: also the digits, spaces and quotes of every script
LETTERS = {  # the other files of it, and the languages whose headlines have letters there
    "latin-ext": "az bs cs cy eo hr hu ku lt lv mt pl ro sk sl tr vi",
    "cyrillic": "be bg kk ky mk mn ru sr tg uk",
    "greek": "el",
    "vietnamese": "vi",
}
UNSET = "am bn hi hy ja ka km ko ne ta te th zh"  # none has letters of these, nor of RTL


def fonts_of(language: str) -> list[str]:
    """Name the files of headline type that a page needs.

    A font that loads after the first paint would change the headline's typeface.
    """
    code = language.partition("-")[0]
    if code in RTL or code in UNSET.split():
        return []
    return [LATIN, *(name for name, languages in LETTERS.items() if code in languages.split())]


def in_language_of(get_story: Callable) -> Callable:
    """Decorate a function to run in the language of the story that `get_story` returns."""

    def decorate(function):
        @wraps(function)
        def speak(subject, *args, **kwargs):
            with speaking(get_story(subject).language):
                return function(subject, *args, **kwargs)

        return speak

    return decorate
