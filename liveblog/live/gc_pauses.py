"""Full garbage collections stop the process: they are made rare, and the pauses measured."""

import gc
import time

FULL = 2  # the oldest generation
# Objects that are left over before a young collection, young ones before a middle one, middle ones
# before a full one. By Python's own figures a full one comes after 70,000 objects, which 2,000 new
# streams make: a crowd that connects was stopped six times, some 100 ms each. Now it is a million.
# Streams and requests that end are freed without a collection, so little is held for longer.
COLLECT_AFTER = (2_000, 10, 50)


def make_rare() -> None:
    """Leave what the start made out of every collection, and have full ones seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


class GcPauses:
    """Counts full collections since `start`, their seconds in all, and the longest.

    Plain numbers: a collection may begin at any allocation, also under the lock of a metric.
    """

    def __init__(self):
        self.count, self.seconds, self.longest = 0, 0.0, 0.0
        self._begun = 0.0

    def start(self) -> None:
        gc.callbacks.append(self._note)

    def stop(self) -> None:
        gc.callbacks.remove(self._note)

    def _note(self, phase, info):
        if info["generation"] < FULL:
            return
        if phase == "start":
            self._begun = time.perf_counter()
            return
        took = time.perf_counter() - self._begun
        self.count += 1
        self.seconds += took
        self.longest = max(self.longest, took)
