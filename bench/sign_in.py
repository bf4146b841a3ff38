"""Whether the time of a refused sign-in tells if there is such a name."""

import statistics

from .newsroom import Newsroom
from .report import Row

NEEDS_STORIES = False
TIMES = 60
APART = 1.1


def measure(newsroom: Newsroom) -> list[Row]:
    """Try names of four kinds in turn, so that what else the machine does falls on all alike."""
    with newsroom.writer() as writer:
        times = writer.ask(sign_in=TIMES)
    unknown = times.pop("unknown")
    for kind, seconds in times.items():
        pair = [1000 * statistics.median(each) for each in (seconds, unknown)]
        yield _row(f"refused sign-in, {kind}; limit: a name that nobody has", pair)


def _row(what, pair):
    ratio = pair[0] / pair[1]
    figures = [f"{each:.1f} ms" for each in pair]
    is_met = 1 / APART <= ratio <= APART
    return Row("", what, *figures, f"{ratio:.2f}", f"{1 / APART:.2f} to {APART}", is_met)
