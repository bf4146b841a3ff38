"""A document as read, written down line by line, so that an editor can check it."""

from liveblog.interchange.document import Document, find_citations


def outline(document: Document) -> str:
    """Return every part of a document on a line of its own, in the document's order."""
    return "\n".join([*_top(document), *_updates(document), *_rest(document)]) + "\n"


def _top(document):
    yield f"headline: {document.headline}"
    for name in ("kicker", "standfirst", "language", "timezone"):
        if value := getattr(document, name):
            yield f"{name}: {value}"
    for name in ("topics", "bylines"):
        if values := getattr(document, name):
            yield f"{name}: {', '.join(values)}"
    if moment := document.updated:
        day, clock = moment.day, moment.time
        yield f"page: {day.date or (day.month, day.day)} {clock or ''}".rstrip()
    yield from map(_picture, document.pictures)
    for paragraph in document.introduction:
        yield f"introduction: {paragraph}"


def _updates(document):
    for update in document.updates:
        day = update.day
        when = [f"{day.date or f'{day.month}-{day.day}'}"] if day else []
        when += [update.time.isoformat("minutes")] if update.time else []
        yield f"* {' '.join(when) or '--:--'} {update.headline}".rstrip()
        if update.bylines:
            yield f"  by {', '.join(update.bylines)}"
        yield from (f"  {_picture(picture)}" for picture in update.pictures)
        yield from (f"  | {paragraph}" for paragraph in update.paragraphs)
        for cited in find_citations(update.paragraphs):
            yield f"  {cited.role}: {cited.source.name} ({cited.source.kind})"


def _picture(picture):
    alt = "" if picture.alt == picture.caption else f" [{picture.alt}]" if picture.alt else " []"
    return f"picture: {picture.caption}{alt} © {picture.credit or '–'}"


def _rest(document):
    for each in document.left_out:
        yield f"- {each.line}: {each.text}"
    for note in document.notes:
        yield f"? {note}"
