"""Write the rows of an import: new ones in bulk, changed ones one by one."""

from liveblog.models import Attribution, Correction, Update, UpdateByline, UpdatePicture, Version

from ..change import Change
from ..content import UpdateContent
from ..snapshots import snapshot_update
from .rows import SEEN, ImportedUpdate, content_of


def insert(change: Change, coming: list[ImportedUpdate]) -> None:
    """Insert updates with their sources, bylines, pictures, corrections and history."""
    rows = [_row(change, each) for each in coming]
    Update.objects.bulk_create(rows)
    pairs = list(zip(rows, coming, strict=True))
    Attribution.objects.bulk_create(
        Attribution(update=row, source=cited.source, role=cited.role, url=cited.url, position=at)
        for row, each in pairs
        for at, cited in enumerate(each.content.sources)
    )
    UpdateByline.objects.bulk_create(
        UpdateByline(update=row, person=person, position=at)
        for row, each in pairs
        for at, person in enumerate(each.content.bylines)
    )
    UpdatePicture.objects.bulk_create(
        UpdatePicture(update=row, picture_id=id, position=at)
        for row, each in pairs
        for at, id in enumerate(each.content.pictures)
    )
    Correction.objects.bulk_create(
        _correction(change, row, each) for row, came in pairs for each in came.corrections
    )
    Version.objects.bulk_create(
        version for row, each in pairs for version in _versions(change, row, each)
    )


def _row(change, coming):
    row = Update(id=coming.id, story=change.story, created_by=change.by)
    coming.content.fill(row)
    for name, value in coming.columns.items():
        setattr(row, name, value)
    row.created_at = row.created_at or row.published_at or change.at
    if row.status in SEEN and row.number is None:
        change.mark_update(row)
    if "version" not in coming.columns:
        row.version = 1 + len(coming.history)
    return row


def _correction(change, row, correction):
    correction.story, correction.update = change.story, row
    return correction


def _versions(change, row, coming):
    """Return the row's versions from old to new, the imported state last."""
    for number, past in enumerate(coming.history, 1):
        then = Update(id=row.pk, published_at=row.published_at, status=row.status)
        columns = {"version": number, "verb": Version.Verb.IMPORT, "by": change.by, "at": past.at}
        if past.content is not None:
            columns["content"] = snapshot_update(then, past.content)
        elif "by_id" in past.columns:
            del columns["by"]
        columns |= past.columns
        yield Version(story=change.story, update=row, update_id_was=row.pk, **columns)
    yield Version(
        story=change.story,
        update=row,
        update_id_was=row.pk,
        version=row.version,
        revision=row.revision,
        verb=Version.Verb.IMPORT,
        by=change.by,
        at=change.at,
        content=snapshot_update(row, coming.content),
    )


def save_over(change: Change, row: Update, content: UpdateContent, columns: dict) -> None:
    """Save content and columns to an existing row, as its next version."""
    before, was_seen = content_of(row), row.number is not None
    content.fill(row)
    for name, value in columns.items():
        setattr(row, name, value)
    if row.status in SEEN or was_seen:
        change.mark_update(row)
    row.version += 1
    own = {"version", "number", "revision", "body_html", *UpdateContent.ROW}
    row.save(update_fields=own | set(columns))
    content.write_parts(row, before)
    change.add_version(row, content)
