"""A picture made of words, for the cards of pages that have none of their own."""

import io
import re

import fontpkg
from django.conf import settings
from django.utils.translation import gettext
from PIL import Image, ImageDraw, ImageFont

from liveblog.models import Update
from liveblog.queries.regions import StoryRegions

from .moment import moment
from .templates import in_language_of
from .update import doubt_of, title_of, title_with_doubt

WIDTH, HEIGHT = 1200, 630  # pixels: the shape that the networks show uncut
MARGIN = 72
LEADING = 1.14
LARGEST, SMALLEST = 84, 46  # pixels of the headline's type
MOST_LINES = 5
PAPER, INK, SOFT, RULE = "#fdfcf9", "#1b1916", "#5c574d", "#d8d3c6"
LIVE = "#c22f0d"
LOGO_WIDTH, LOGO_HEIGHT = 600, 60
COLOURS = 32  # shades between ink and paper

# What Source Serif 4 holds of Latin, Greek and Cyrillic. A word in another script can't be set.
SET = (
    "\u0020-\u007e\u00a0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0218-\u021b\u1ea0-\u1ef9"
    "\u0300-\u0304\u0306-\u030c\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u0490-\u0493"
    "\u2009\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033"
    "\u2039\u203a\u20ac\u20b4\u20bd\u2116\u2122"
)
_UNSET = re.compile(f"[^{SET}]")


def can_set(text: str) -> bool:
    """Tell whether the type holds every letter of a text; signs, as emoji, are left out."""
    return not any(sign.isalpha() for sign in _UNSET.findall(text))


@in_language_of(lambda regions: regions.story)
def story_image(regions: StoryRegions, *, is_live: bool) -> bytes:
    """Draw a story's card as PNG: kicker, headline, and while it is live its newest headline."""
    story, foot = regions.story, foot_of_story(regions, is_live=is_live)
    return _draw(story.kicker, story.headline, foot, live=gettext("Live") if is_live else "")


def foot_of_story(regions: StoryRegions, *, is_live: bool) -> str:
    """Return the last line of a story's card: when it began, or what is newest while it is live."""
    story = regions.story
    if not is_live:
        begun = moment(story.opened_at, story.zone)
        return begun.date if begun else ""
    newest = regions.latest[0] if regions.latest else None
    if newest is None:
        return ""
    return f"{moment(newest.published_at, story.zone).clock}  {title_with_doubt(newest)}"


@in_language_of(lambda update: update.story)
def update_image(update: Update) -> bytes:
    """Draw an update's card as PNG: its story, headline, time and sources."""
    return _draw(update.story.headline, title_of(update), foot_of_update(update))


def foot_of_update(update: Update) -> str:
    """Return the last line of an update's card: whether it is confirmed, its time, its sources."""
    time = moment(update.published_at, update.story.zone).date_and_clock
    reporters = sources_of(update)
    word = gettext("Source:") if len(reporters) == 1 else gettext("Sources:")
    sources = f"{word} {', '.join(reporters)}" if reporters else ""
    return " · ".join(filter(None, [doubt_of(update), time, sources]))


def sources_of(update: Update) -> list[str]:
    """Return who reported an update, as its page credits them."""
    cited = [each for each in update.attributions.all() if each.role == "reported_by"]
    return [each.source.credit for each in cited]


def page_image(kind: str, name: str) -> bytes:
    """Draw the card of a page that lists several things: what kind of list, and of what."""
    return _draw(kind, name, settings.PUBLISHER_NAME)


def logo_image(name: str) -> bytes:
    """Draw a publisher's name as its logo, in the height that search engines ask for."""
    image = Image.new("RGB", (LOGO_WIDTH, LOGO_HEIGHT), PAPER)
    font = _font(36, weight=700)
    text = _shorten(name, font, LOGO_WIDTH - 24)
    ImageDraw.Draw(image).text((12, 8), text, font=font, fill=INK)
    return _png(image)


def _draw(above: str, headline: str, foot: str, live: str = "") -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    small, room = _font(30, weight=400), WIDTH - 2 * MARGIN
    top = MARGIN - 16
    name = _font(36, weight=700)
    pen.text((MARGIN, top), _shorten(settings.SITE_NAME, name, room), font=name, fill=INK)
    pen.line((MARGIN, top + 60, WIDTH - MARGIN, top + 60), fill=INK, width=3)
    pen.text((MARGIN, top + 82), _shorten(above, small, room), font=small, fill=SOFT)
    font, lines = _fit(_settable(headline), room)
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + 140 + number * font.size * LEADING), line, font=font, fill=INK)
    pen.line((MARGIN, HEIGHT - 112, WIDTH - MARGIN, HEIGHT - 112), fill=RULE, width=2)
    start = MARGIN + (_draw_live(pen, live) if live and can_set(live) else 0)
    foot = _shorten(foot, small, room + MARGIN - start)
    pen.text((start, HEIGHT - 92), foot, font=small, fill=SOFT)
    return _png(image)


def _draw_live(pen, word):
    """Draw the dot and the word that say that a story is live; returns the room they take."""
    font = _font(30, weight=700)
    pen.ellipse((MARGIN, HEIGHT - 82, MARGIN + 18, HEIGHT - 64), fill=LIVE)
    pen.text((MARGIN + 30, HEIGHT - 92), word, font=font, fill=LIVE)
    return 30 + font.getlength(word) + 30


def _png(image):
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(size, *, weight):
    font = ImageFont.truetype(fontpkg.path("Source Serif 4"), size)
    font.set_variation_by_axes([weight, min(60, size)])  # weight, optical size
    return font


def _fit(text, room):
    """Set a headline as large as its lines allow; what is too long ends in an ellipsis."""
    for size in range(LARGEST, SMALLEST - 1, -6):
        font = _font(size, weight=700)
        lines = _break(text, font, room)
        if len(lines) * size * LEADING <= HEIGHT - 112 - MARGIN - 140:
            return font, lines
    return font, [*lines[: MOST_LINES - 1], _shorten(" ".join(lines[MOST_LINES - 1 :]), font, room)]


def _break(text, font, room):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_shorten(line, font, room) for line in lines]


def _shorten(text, font, room):
    text = _settable(text)
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _settable(text):
    return " ".join(_UNSET.sub("", text.replace("\u2011", "-")).split())
