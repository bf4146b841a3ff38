"""Published updates as data: the change answer for programs, rendered once for all of them."""

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from liveblog.models import Story
from liveblog.queries.changes import Cursor, read_update_changes

from .data import change_data
from .problems import Problem, not_found, render
from .replies import PRIVATE, dump

DEFAULT_LIMIT, MOST_LIMIT = 100, 500

# Within a long answer the cursor also says since when all pages were read; and within a
# revision of very many updates, after which of them it goes on.
CURSOR = re.compile(r"(.+?-\d{1,9})(?:-(\d{1,9})(?:-([0-9a-f]{32}))?)?\Z", re.ASCII)


@dataclass(frozen=True)
class Position:
    """A caller's position; `since` is the revision at which the oldest that they hold was read.

    What was read before the story's `reload_revision` is stale, as a renamed source is; what
    was read after it is not, however early its own revision.
    """

    cursor: Cursor | None
    since: int | None = None
    last: UUID | None = None

    @classmethod
    def parse(cls, text: str) -> "Position":
        found = CURSOR.match(text)
        if not found:
            return cls(Cursor.parse(text))
        since, last = found[2], found[3]
        return cls(Cursor.parse(found[1]), since and int(since), last and UUID(last))


def published_updates(story_id: int, after: str, limit: int) -> HttpResponse:
    """Answer what changed of a story's published updates; the same for whoever may see it."""
    story = Story.objects.filter(pk=story_id).first()
    if story is None:
        return render(not_found())
    if story.status == Story.Status.WITHDRAWN:
        reason = _("The story was withdrawn: drop what you hold of it.")
        return render(Problem(410, reason))
    position = Position.parse(after)
    changes = read_update_changes(
        story, position.cursor, limit=limit, since=position.since, last=position.last
    )
    data = {
        "story": story.slug,
        "status": story.status,
        "cursor": _cursor(story, position, changes),
        "more": changes.more,
        "reload": changes.reload,
        "changes": [change_data(each) for each in changes.updates],
    }
    headers = {"Cache-Control": PRIVATE if story.is_public else "no-store"}
    response = HttpResponse(dump(data), content_type="application/json", headers=headers)
    if story.is_public:
        response.headers["X-Liveblog-Story"] = f"{story.pk}:{story.cursor}"
    return response


def _cursor(story, position, changes):
    if not changes.more:
        return changes.cursor
    start = position.cursor.revision if position.cursor.epoch else story.revision
    last = f"-{changes.last.hex}" if changes.last else ""
    return f"{changes.cursor}-{position.since or start}{last}"


def conditional(request, response: HttpResponse) -> HttpResponse:
    """Finish an answer that does not go through the response cache, which does the same."""
    del response.headers["X-Liveblog-Story"]
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
