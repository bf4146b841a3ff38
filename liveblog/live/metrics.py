"""The figures of this process, for Prometheus (text format 0.0.4)."""

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from .hub import Hub
from .response_cache import ResponseCache
from .scheduler import Scheduler
from .subscriber import CATCHING_UP

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4.encode()


class Metrics(Collector):
    """Reads the figures where they stand, when somebody asks; counts nothing itself."""

    def __init__(
        self, hub: Hub, response_cache: ResponseCache, scheduler: Scheduler, *, threads: int
    ):
        self.hub, self.response_cache, self.scheduler, self.threads = (
            hub,
            response_cache,
            scheduler,
            threads,
        )
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def write(self) -> bytes:
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        yield self._readers()
        yield self._django()
        for name, help, value in self._gauges():
            yield GaugeMetricFamily(f"liveblog_{name}", help, value)
        for name, help, value in self._counters():
            yield CounterMetricFamily(f"liveblog_{name}", help, value)

    def _readers(self):
        readers = [each for channel in self.hub.channels.values() for each in channel.readers]
        catching_up = sum(reader.revision == CATCHING_UP for reader in readers)
        told = GaugeMetricFamily("liveblog_streams", "Open streams.", labels=["state"])
        told.add_metric(["live"], len(readers) - catching_up)
        told.add_metric(["catching_up"], catching_up)
        return told

    def _django(self):
        told = GaugeMetricFamily("liveblog_django_requests", "In Django now.", labels=["state"])
        told.add_metric(["working"], min(self.response_cache.in_django, self.threads))
        told.add_metric(["waiting"], max(self.response_cache.in_django - self.threads, 0))
        return told

    def _gauges(self):
        hub, response_cache = self.hub, self.response_cache
        yield "stories_followed", "Stories with an open stream.", len(hub.channels)
        yield "django_threads", "Requests that Django works on at once, at most.", self.threads
        yield "answers_kept", "Ready answers in memory.", len(response_cache.answers)
        yield "answers_kept_bytes", "Bytes of ready answers in memory.", response_cache.size
        yield "database_away", "1 while the database does not answer.", int(hub.is_away)
        yield "listening", "0 while the bell's LISTEN line is broken.", int(hub.is_listening or 0)
        yield "look_age_seconds", "Since the database last answered.", _since(hub.last_look)
        yield (
            "tick_age_seconds",
            "Since all that was due was published.",
            _since(self.scheduler.last_tick),
        )

    def _counters(self):
        hub, response_cache = self.hub, self.response_cache
        yield "streams_opened", "Streams begun.", hub.opened
        yield "streams_cut", "Streams of readers too slow to keep up, cut.", hub.cut
        yield "looks", "Looks at the database that it answered.", hub.looks
        yield "rings", "Changes heard of, by the bell or a look.", response_cache.rings
        yield "answers_from_memory", "Public answers that were ready.", response_cache.hits
        yield "answers_rendered", "Public answers made by Django.", response_cache.renders


def _since(moment):
    return time.monotonic() - moment
