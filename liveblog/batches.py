"""Long lists, a batch at a time: databases and programs bound what they take in one go."""

from collections.abc import Iterator, Sequence


def batches(rows: Sequence, size: int) -> Iterator[Sequence]:
    """Yield `size` rows at a time, the rest last (`itertools.batched` comes with Python 3.12)."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
