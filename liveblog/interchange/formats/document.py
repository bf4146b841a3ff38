"""A plain-text document, as `build_fixture` reads it."""

from collections import Counter

from liveblog.interchange import document as documents
from liveblog.interchange.archive import Archive, Cited, Entry, Unreadable
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _
from liveblog.richtext import from_plain_text
from liveblog.slugs import slugify


def read(data: bytes, *, zone, now, **options) -> list[Archive]:
    try:
        document = documents.parse(data)
        schedule = documents.plan(
            [each.moment for each in document.updates], zone=zone, now=now, page=document.updated
        )
    except documents.DocumentError as error:
        problem = error.problems[0]
        raise Unreadable(problem.reason, f"line {problem.line}") from error
    except documents.ScheduleError as error:
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
        are_days_guessed=not (document.updated and document.updated.day),
        is_ended=False,
    )
    archive.language = document.language
    archive.authors, archive.topics = document.bylines, document.topics
    archive.warnings += [*schedule.notes, *_warnings(document)]
    pictures = [_picture(archive, each) for each in document.pictures]
    archive.lead_picture = pictures[0] if pictures else None
    archive.entries = _entries(archive, document, schedule)
    return [archive]


def _entries(archive, document, schedule):
    entries = []
    for update, moment in zip(document.updates, schedule.moments, strict=True):
        cited = documents.find_citations(update.paragraphs)
        entries.append(
            Entry(
                update.headline,
                f"line {update.line}",
                headline=update.headline,
                body=str(from_plain_text(list(update.paragraphs))),
                published_at=moment,
                authors=update.bylines,
                cited=tuple(
                    Cited(each.source.name, each.source.kind, role=each.role) for each in cited
                ),
                pictures=tuple(_picture(archive, each) for each in update.pictures),
            )
        )
    entries.sort(key=lambda each: each.published_at)
    _number(entries)
    return entries


def _number(entries):
    """Tell entries of one headline apart, from the oldest: a newer one leaves the others' ids."""
    same = Counter()
    for each in entries:
        same[each.id] += 1
        each.id = f"{each.id}\n{same[each.id]}"


def _warnings(document):
    """Tell of every line that is in no part of the story, and of what was doubtful."""
    words = _("line %(line)d: left out: “%(text)s” (%(reason)s)")
    for each in document.left_out:
        yield Message(words, line=each.line, text=each.text, reason=each.reason)
    doubtful = _("line %(line)d: %(reason)s")
    for note in document.notes:
        yield Message(doubtful, line=note.line, reason=note.reason)


def _picture(archive, picture: documents.Picture):
    """A document has a picture's words and no file, so they are what it is known by."""
    return archive.picture(
        picture.caption, alt=picture.alt, caption=picture.caption, credit=picture.credit
    )
