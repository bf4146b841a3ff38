"""What a publication costs beside itself, and a page with nothing changed: processor time.

Not the publish request. Pages are rendered by the handler that serves readers, without the server
round it. Nothing is compared to a limit: the goals are in milliseconds.
"""

import statistics

from .report import Row

ROUNDS = 40
SLUG = "story-500"
CAUSED = ("events", "page", "front", "gzip")


def measure(newsroom) -> list[Row]:
    with newsroom.writer() as writer:
        writer.ask(cost=SLUG)
        costs = [writer.ask(cost=SLUG) for _ in range(ROUNDS)]
    middle = {name: statistics.median(each[name] for each in costs) for name in costs[0]}
    caused = sum(middle[name] for name in CAUSED)
    parts = ", ".join(f"{name} {middle[name]:.1f}" for name in CAUSED)
    again = middle["page again"]
    return [
        Row(
            "",
            f"CPU a publication causes ({parts})",
            f"{caused:.1f} ms",
            "",
            "",
            "≤ 12",
            caused <= 12,
        ),
        Row("", "CPU of a page, nothing changed", f"{again:.1f} ms", "", "", "≤ 3", again <= 3),
    ]
