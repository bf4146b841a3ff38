"""Figures as a table: printed, and kept in docs/performance.md."""

import os
import platform
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"
HEAD = ["goal", "what", "ours", "limit", "ratio", "goal says", ""]


@dataclass(frozen=True)
class Row:
    """One measured thing beside its limit; `met` None where the goal names no figure."""

    goal: str
    what: str
    ours: str
    limit: str
    ratio: str
    says: str
    met: bool | None = None

    @property
    def cells(self) -> list[str]:
        verdict = {True: "met", False: "**not met**", None: ""}[self.met]
        return [self.goal, self.what, self.ours, self.limit, self.ratio, self.says, verdict]


def at_least(goal: str, what: str, pair, floor: float, *, unit: str = "/s") -> Row:
    """Make the row of a rate that should be no less than `floor` of its limit's."""
    ours, limit = pair
    ratio = ours / limit
    return Row(
        goal,
        what,
        f"{ours:,.0f}{unit}",
        f"{limit:,.0f}{unit}",
        f"{ratio:.2f}",
        f"≥ {floor:g}",
        ratio >= floor,
    )


def at_most(goal: str, what: str, pair, ceiling: float, *, unit: str = " ms") -> Row:
    """Make the row of a time that should be no more than `ceiling` times its limit's."""
    ours, limit = pair
    ratio = ours / limit
    return Row(
        goal,
        what,
        f"{ours:,.1f}{unit}",
        f"{limit:,.1f}{unit}",
        f"{ratio:.2f}",
        f"≤ {ceiling:g}",
        ratio <= ceiling,
    )


def show(row: Row) -> None:
    sys.stdout.write("  ".join(cell for cell in row.cells if cell) + "\n")
    sys.stdout.flush()


def write(rows: list[Row]) -> None:
    """Put the table into docs/performance.md, in place of the last one."""
    lines = [f"Measured on {_machine()}, {datetime.now(UTC):%-d %B %Y}.", ""]
    lines += [_line(HEAD), _line(["---"] * len(HEAD)), *(_line(row.cells) for row in rows)]
    table = "\n".join([BEGIN, *lines, END])
    text = PAGE.read_text()
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: table, text, flags=re.DOTALL))


def _line(cells):
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    information = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*: (.*)", information)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} shared cores ({model[1] if model else platform.machine()}), "
        f"{memory:.0f} GB, Python {platform.python_version()}"
    )
