"""A plain-text document, as `build_fixture` reads it."""

from collections import Counter

from liveblog.interchange.archive import Archive, Cited, Entry, Unreadable
from liveblog.interchange.document import attributions, parser, text, timing
from liveblog.interchange.document.captions import Picture
from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify


def read(data: bytes, *, zone, now, **options) -> list[Archive]:
    try:
        document = parser.parse(data)
        schedule = timing.plan([each.time for each in document.updates], zone=zone, now=now)
    except text.DocumentError as error:
        problem = error.problems[0]
        raise Unreadable(problem.reason, f"line {problem.line}") from error
    except timing.ScheduleError as error:
        raise Unreadable(error.args[0]) from error
    slug = slugify(document.headline)
    archive = Archive(
        "document",
        slug,
        slug,
        headline=document.headline,
        kicker=document.kicker,
        standfirst=document.standfirst,
        introduction=str(from_plain_text(list(document.introduction))),
        times_assigned=schedule.times_assigned,
        are_days_guessed=True,
        is_ended=False,
    )
    archive.warnings += schedule.notes
    pictures = [_picture(archive, each) for each in document.pictures]
    archive.lead_picture = pictures[0] if pictures else None
    archive.entries = _entries(archive, document, schedule)
    return [archive]


def _entries(archive, document, schedule):
    same = Counter()
    entries = []
    for update, moment in zip(document.updates, schedule.moments, strict=True):
        same[update.headline] += 1
        cited = attributions.find_citations(update.paragraphs)
        entries.append(
            Entry(
                f"{update.headline}\n{same[update.headline]}",
                f"line {update.line}",
                headline=update.headline,
                body=str(from_plain_text(list(update.paragraphs))),
                published_at=moment,
                cited=tuple(
                    Cited(each.source.name, each.source.kind, role=each.role) for each in cited
                ),
                pictures=tuple(_picture(archive, each) for each in update.pictures),
            )
        )
    return sorted(entries, key=lambda each: each.published_at)


def _picture(archive, picture: Picture):
    """A document has a picture's words and no file, so they are what it is known by."""
    return archive.picture(
        picture.caption, alt=picture.alt, caption=picture.caption, credit=picture.credit
    )
