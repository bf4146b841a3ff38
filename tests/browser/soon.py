"""Compare what a page shows, which may still be drawing it."""

import time
from collections.abc import Callable


def assert_soon_equal(shown: Callable, wanted: Callable, *, seconds: float = 10) -> None:
    """Read both again until they are equal; the last difference fails the test."""
    until = time.monotonic() + seconds
    while (one := shown()) != (other := wanted()) and time.monotonic() < until:
        time.sleep(0.1)
    assert one == other
