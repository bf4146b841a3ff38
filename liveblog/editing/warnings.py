"""Warnings about an update that may need mending; none of them prevents publishing."""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from liveblog.models import Picture, Story, Update
from liveblog.publishing import UpdateContent
from liveblog.queries.plain_sql import read_recent_texts
from liveblog.richtext import read_tokens, to_plain_text

SAME_TEXT_WITHIN = timedelta(minutes=2)
MOST_COMPARED = 20

_EMAIL = re.compile(r"(?<=[\w.+-])@[\w-]++(?:\.[\w-]++)+")  # from its @ on: nothing is read twice
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d[\d\s().-]{6,18}\d(?![\w/-])")
_WORD = re.compile(r"\w")
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s*-\s*(?:1[89]|20)\d\d")
_DATE = re.compile(r"\d{1,4}[.-]\d{1,2}[.-]\d{1,4}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.\s]\d{3})+")


def warnings_of(update: Update, content: UpdateContent | None = None) -> list[str]:
    """Read what the warnings of an update depend on; a given `content` saves three queries."""
    content = content or UpdateContent.of(update)
    since = timezone.now() - SAME_TEXT_WITHIN
    return warnings(
        content,
        wordless=content.pictures and _wordless(content.pictures)[:1],
        recent=read_recent_texts(update, since=since, most=MOST_COMPARED),
        is_ended=update.story.status == Story.Status.ENDED,
    )


def _wordless(ids):
    return Picture.objects.filter(pk__in=ids, alt="", is_decorative=False)


def warnings(content: UpdateContent, *, wordless=(), recent=(), is_ended=False) -> list[str]:
    """Return the warnings of a content.

    `wordless`: its pictures without alternative text that are not marked as decorative;
    `recent`: the texts of the story's other updates of the last `SAME_TEXT_WITHIN`.
    """
    words = f"{content.headline}\n{to_plain_text(content.body)}"
    ended = _("The story has ended: pages that are open show this within a minute, not at once.")
    found = [
        (is_ended, ended),
        (not content.sources, _("No source is named.")),
        (wordless, _("A picture has no alternative text.")),
        (_is_among(content, recent), _("The same text was saved less than two minutes ago.")),
        (_EMAIL.search(words), _("The text holds an e-mail address.")),
        (has_phone_number(words), _("The text holds what may be a phone number.")),
        (has_empty_link(content.body), _("A link has no words or leads nowhere.")),
    ]
    return [warning for applies, warning in found if applies]


def has_phone_number(words: str) -> bool:
    """Tell whether a text holds 8 to 15 digits in a row as phone numbers are written (E.164)."""
    for found in _PHONE.finditer(words):
        text = found.group().strip()
        if any(form.fullmatch(text) for form in (_YEARS, _DATE, _THOUSANDS)):
            continue
        if 8 <= len(re.sub(r"\D", "", text)) <= 15:
            return True
    return False


def has_empty_link(html: str) -> bool:
    """Tell whether a link of a clean text has no word to click on, or no address.

    `clean` drops links of spaces alone; zero-width ones and lone signs come through.
    """
    is_shown = True  # whether the link that was opened last shows a word or a picture
    for token in read_tokens(html):
        if isinstance(token, str):
            is_shown = is_shown or bool(_WORD.search(token))
        elif token.name == "img":
            is_shown = True
        elif token.name == "a":
            is_lost = not token.is_closing and not token.attributes.get("href")
            if is_lost or (token.is_closing and not is_shown):
                return True
            is_shown = token.is_closing
    return False


def _is_among(content, recent):
    def words(each):
        return " ".join(f"{each.headline} {to_plain_text(each.body)}".casefold().split())

    return words(content) in [words(each) for each in recent]
