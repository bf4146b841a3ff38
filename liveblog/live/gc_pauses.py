"""How long full garbage collections stop the process: nothing is served meanwhile."""

import gc
import time

FULL = 2  # the oldest generation


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
