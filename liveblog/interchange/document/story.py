"""A document as read: its parts, and what is told about it."""

from dataclasses import dataclass, field
from datetime import time as time_of_day

from .captions import Picture
from .dates import Day
from .lines import LeftOut
from .reading import ReadLine
from .text import Problem
from .times import Moment


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `time` and `day` where the document gives them, `headline` may be empty."""

    line: int
    headline: str
    paragraphs: tuple[str, ...]
    time: time_of_day | None = None
    pictures: tuple[Picture, ...] = ()
    day: Day | None = None
    bylines: tuple[str, ...] = ()

    @property
    def moment(self) -> time_of_day | tuple[time_of_day, Day] | Day | None:
        """What `timing.plan` takes."""
        return (self.time, self.day) if self.time and self.day else self.time or self.day


@dataclass(frozen=True, slots=True)
class Document:
    """A live blog as read; updates in the document's order.

    `updated` is the moment that the page itself gives, `timezone` and `language` what the
    text makes likely, each empty where it says nothing. `left_out` has every line that is
    in no other part, `notes` what else an editor should look at, `lines` what each line was
    read as.
    """

    headline: str
    kicker: str = ""
    standfirst: str = ""
    pictures: tuple[Picture, ...] = ()
    introduction: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    headline_line: int = 1
    topics: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    updated: Moment | None = field(default=None, compare=False)
    timezone: str = field(default="", compare=False)
    language: str = field(default="", compare=False)
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    notes: tuple[Problem, ...] = field(default=(), compare=False)
    lines: tuple[ReadLine, ...] = field(default=(), compare=False)
