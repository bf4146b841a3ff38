"""What became of every entry of a file: it accounts for all of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .archive import printable

COUNTED = ("imported", "unchanged", "updated", "retracted")


@dataclass(slots=True)
class Ledger:
    """The account of one live blog; `story` is its address here, None where nothing came in."""

    format: str
    story: str | None = None
    id: str = ""
    counts: Counter = field(default_factory=Counter)
    refused: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def entries(self) -> int:
        return sum(self.counts[name] for name in COUNTED) + len(self.refused)

    def refuse(self, where: str, id: str, reason: str) -> None:
        self.refused.append({"where": where, "id": id, "reason": reason})

    def counts_of(self) -> dict[str, int]:
        return {name: self.counts[name] for name in COUNTED}

    def as_data(self) -> dict:
        return {
            "format": self.format,
            "story": self.story,
            "entries": self.entries,
            **self.counts_of(),
            "refused": [
                {name: printable(str(value)) for name, value in row.items()} for row in self.refused
            ],
            "warnings": [printable(str(each)) for each in self.warnings],
        }


def sum_of(ledgers: Iterable[Ledger]) -> dict:
    """Return one account of several live blogs, with each one's own under `stories`."""
    ledgers = list(ledgers)
    if len(ledgers) == 1:
        return ledgers[0].as_data()
    accounts = [each.as_data() for each in ledgers]
    return {
        "format": ledgers[0].format if ledgers else "",
        "story": None,
        **{name: sum(each[name] for each in accounts) for name in ("entries", *COUNTED)},
        "refused": [row for each in accounts for row in each["refused"]],
        "warnings": [row for each in accounts for row in each["warnings"]],
        "stories": accounts,
    }
