r"""A story as the plain-text document that `build_fixture` reads back.

The document's parser knows things by their look, so a paragraph that looks like a headline
is written over two lines, which no headline has; one that looks like a time, a button or a
credit is escaped.
"""

from collections.abc import Iterator

from liveblog.interchange.document.escapes import escaped
from liveblog.interchange.document.line_shapes import MOST_IN_HEADLINE, is_headline
from liveblog.interchange.document.times import read_time
from liveblog.models import Picture, Story, Update
from liveblog.richtext import to_plain_text

from .reading import public_updates, read_story

MOST_IN_KICKER = 30


def write(story: Story) -> Iterator[str]:
    story = read_story(story).story
    yield "\n\n".join(_top(story))
    for update in public_updates(story, newest_first=True):
        yield "\n\n" + "\n\n".join(_update(update, has_times=not story.times_assigned))
    yield "\n"


def _top(story):
    if story.kicker and len(story.kicker) <= MOST_IN_KICKER:
        yield f"{story.kicker}\n{story.kicker}"
    yield story.headline
    yield "Updated"
    if story.standfirst and is_headline(story.standfirst):
        yield story.standfirst
    if picture := story.lead_picture and _picture(story.lead_picture):
        yield picture
    yield from map(_as_paragraph, _lines(story.introduction))


def _update(update: Update, *, has_times):
    clock = update.published_at.astimezone(update.story.zone)
    if has_times:
        yield f"{clock:%H:%M}" if not clock.second else f"{clock:%H:%M:%S}"
    paragraphs = list(_lines(update.body))
    is_titled = update.headline and paragraphs and len(update.headline) <= MOST_IN_HEADLINE
    if is_titled and (has_times or is_headline(update.headline)):
        yield update.headline
    else:
        paragraphs = [update.headline, *paragraphs] if update.headline else paragraphs
        is_alone = has_times and len(paragraphs) == 1 and not update.pictures.all()
        yield from (_as_first(each, is_alone=is_alone) for each in paragraphs[:1])
        paragraphs = paragraphs[1:]
    yield from (_as_paragraph(each, has_times=has_times) for each in paragraphs)
    yield from filter(None, (_doubled(each.picture) for each in update.pictures.all()))


def _lines(html):
    return filter(None, map(str.strip, to_plain_text(html).split("\n")))


def _as_first(text, *, is_alone):
    """Write the first text of an update without headline; a word alone under its time is none."""
    if (written := escaped(text)) != text:
        return written
    is_plain = " " not in text and (is_alone or not is_headline(text))
    return text if is_plain else _in_two_lines(text)


def _as_paragraph(text, *, has_times=False):
    """Break what looks like a headline; where times part the updates a word can't be one."""
    if (written := escaped(text)) != text:
        return written
    is_word = has_times and " " not in text
    return _in_two_lines(text) if is_headline(text) and not is_word else text


def _in_two_lines(text):
    """Break a text at the space nearest its middle; one word gets a dash under it."""
    middle = len(text) // 2
    spaces = [at for at, sign in enumerate(text) if sign == " " and not read_time(text[:at])]
    if not spaces:
        return f"{text}\n—"
    at = min(spaces, key=lambda place: (abs(place - middle), place))
    return f"{text[:at]}\n{text[at + 1 :]}"


def _picture(picture: Picture):
    """Alternative text, caption and credit as a document has them; nothing without a credit."""
    if not picture.credit or not picture.caption:
        return ""
    return f"{picture.alt or picture.caption}\n{picture.caption}{picture.credit.credit}"


def _doubled(picture: Picture):
    if not picture.credit or not picture.caption:
        return ""
    return f"{picture.caption}\n{picture.caption}{picture.credit.credit}"
