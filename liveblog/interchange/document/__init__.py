"""A live blog as plain text → its parts, without Django or a database.

    from liveblog.interchange import document

    story = document.parse(source)            # bytes or str; raises DocumentError
    schedule = document.plan(
        [update.moment for update in story.updates], zone=zone, now=now, page=story.updated
    )                                         # raises ScheduleError
    for update, moment in zip(story.updates, schedule.moments): …

`parse` reads what a newsroom's page looks like when it is copied as text: times part the
updates where there are any, headlines where there are none. What it does not take into the
story is in `story.left_out`, each line with its number and a reason; what an editor should
look at is in `story.notes`. `parse(source, marks={12: "headline"})` reads a line as the
editor says. `find_citations(update.paragraphs)` returns the sources of an update,
`credited(picture.credit)` the source of a picture. `interchange.drafts.draft_story` stores
all of it as a draft story; it does that for any reader that builds a `Document`.
"""

from .attributions import Citation, Source, credited, find_citations
from .captions import Picture
from .lines import LeftOut, Mark
from .parser import parse
from .reading import ReadLine
from .story import Document, Update
from .text import MOST_BYTES, DocumentError, Problem, load
from .timing import Schedule, ScheduleError, plan

__all__ = [
    "MOST_BYTES",
    "Citation",
    "Document",
    "DocumentError",
    "LeftOut",
    "Mark",
    "Picture",
    "Problem",
    "ReadLine",
    "Schedule",
    "ScheduleError",
    "Source",
    "Update",
    "credited",
    "find_citations",
    "load",
    "parse",
    "plan",
]
