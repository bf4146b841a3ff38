"""Render a template with what it is given and nothing else: no request, no cookie, no user."""

from collections.abc import Callable
from functools import wraps

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}


def render(name: str, **context) -> SafeString:
    """Render `liveblog/<name>` without its blank lines; it may stand inside another template."""
    text = get_template(f"liveblog/{name}").render(context)
    return mark_safe("\n".join(filter(str.strip, text.split("\n"))))  # noqa: S308 (a template's)


def direction_of(language: str) -> str:
    """Return which way a language is written: ltr or rtl."""
    return "rtl" if language.partition("-")[0] in RTL else "ltr"


def in_language_of(get_story: Callable) -> Callable:
    """Make a function speak the language of the story that `get_story` finds in its subject."""

    def decorate(function):
        @wraps(function)
        def speak(subject, *args, **kwargs):
            with translation.override(get_story(subject).language):
                return function(subject, *args, **kwargs)

        return speak

    return decorate
