"""Goal 4: a story of 10,000 updates costs what one of 50 does, on both databases."""

import statistics

from .composer import Composer
from .newsroom import Newsroom
from .report import Row, at_most

SIZES = [50, 500, 10_000]
ROUNDS = 25
PAGE = 20  # articles of a page
NEWEST = 3  # changes that are asked for
CHANGED = "page after a publication"
# The other pages did not change since they were last rendered, as most that are asked for.
WHAT = ("page", "deep page", "update page", "changes", CHANGED, "publish")


def measure(newsroom: Newsroom) -> list[Row]:
    small = Newsroom("sqlite", "")
    small.prepare(SIZES)
    return [*_flatness(newsroom), *_requests(newsroom), *_flatness(small), *_by_changes(newsroom)]


def _flatness(newsroom):
    with newsroom.writer() as writer:
        for size in SIZES:
            _fill_last_page(writer, f"story-{size}")
        asked = {size: _addresses(writer, size) for size in SIZES}
        for what in WHAT:
            yield from _row(newsroom, writer, what, {size: asked[size][what] for size in SIZES})


def _row(newsroom, writer, what, asked):
    times = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            times[size].append(_seconds(_ask(writer, what, size, asked[size])))
    middle = {size: 1000 * statistics.median(times[size]) for size in SIZES}
    row = f"{what}, 10,000 updates; limit: 50 (500: {middle[500]:.1f} ms) [{newsroom.vendor}]"
    yield at_most("4", row, (middle[10_000], middle[50]), 1.25)
    counts = [
        _ask(writer, what, size, asked[size], count_queries=True)["queries"] for size in SIZES
    ]
    yield Row(
        "4",
        f"its queries [{newsroom.vendor}]",
        str(counts[-1]),
        str(counts[0]),
        "",
        "the same",
        len(set(counts)) == 1,
    )


def _ask(writer, what, size, command, **options):
    if what == CHANGED:
        writer.ask(publish=f"story-{size}")
    return writer.ask(**command, **options)


def _fill_last_page(writer, slug):
    """Publish until the first page has 20 articles, the newest alike, as that of every size."""
    for _ in range(NEWEST):
        writer.ask(publish=slug)
    while writer.ask(cursor=slug)["count"] % PAGE:
        writer.ask(publish=slug)


def _addresses(writer, size):
    slug = f"story-{size}"
    at = writer.ask(cursor=slug)
    path = f"/live/{slug}/"
    return {
        "page": {"fetch": path},
        CHANGED: {"fetch": path},
        "deep page": {"fetch": f"{path}?before={at['middle']}"},
        "update page": {"fetch": f"{path}updates/{at['middle']}/"},
        "changes": {"fetch": f"{path}changes/{at['epoch']}-{at['revision'] - NEWEST}"},
        "publish": {"publish": slug},
    }


def _seconds(answer):
    return answer["seconds"] if "seconds" in answer else answer["committed"] - answer["begun"]


def _requests(newsroom):
    """Compare whole requests, POST to answer, in turn."""
    with newsroom.serve() as server:
        composers = {size: Composer(newsroom, server, size) for size in SIZES}
        for each in composers.values():
            each.publish()
        times = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size, each in composers.items():
                times[size].append(each.publish())
    middle = {size: statistics.median(times[size]) for size in SIZES}
    row = f"publish request, 10,000 updates; limit: 50 (500: {middle[500]:.1f} ms)"
    yield at_most("4", f"{row} [{newsroom.vendor}]", (middle[10_000], middle[50]), 1.25)


def _by_changes(newsroom):
    """Catching up costs what was missed."""
    with newsroom.writer() as writer:
        at = writer.ask(cursor="story-500")
        times = {}
        for missed in (10, 100):
            path = f"/live/story-500/changes/{at['epoch']}-{at['revision'] - missed}"
            answer = [writer.ask(fetch=path)["seconds"] for _ in range(ROUNDS // 3)]
            times[missed] = 1000 * statistics.median(answer)
    yield at_most("5", "100 changes missed; limit: 10", (times[100], times[10]), 10)
