"""The figures of this process, for Prometheus (text format 0.0.4)."""

import time
from collections.abc import Iterator

from django.db import connection
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from liveblog.queries.backlog import Backlog, read_backlog

from .django_pools import DjangoPools
from .gc_pauses import GcPauses
from .hub import Hub
from .response_cache import ResponseCache
from .scheduler import Scheduler
from .subscriber import CATCHING_UP

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4.encode()


POOL_FIGURES = {"open": "pool_size", "free": "pool_available", "waited_for": "requests_waiting"}
BACKLOG = {
    "webhook_messages": "Messages that wait for webhooks in use.",
    "webhook_age_seconds": "How long the oldest of them has waited.",
    "webhooks_failing": "Webhooks whose last attempt failed.",
    "webhooks_paused": "Webhooks that are paused.",
    "announcements": "Announcements that wait (WebSub, IndexNow).",
    "overdue_updates": "Scheduled updates that are due, and not published.",
    "overdue_age_seconds": "For how long the oldest of them is overdue.",
}
BACKLOG_EVERY = 15.0  # seconds between two readings of what waits in the database


class Metrics(Collector):
    """Reads the figures of the parts of a server when somebody asks; counts nothing itself.

    It asks no database then: `read_backlog` is called beside it, every `BACKLOG_EVERY` seconds.
    """

    def __init__(
        self, hub: Hub, response_cache: ResponseCache, scheduler: Scheduler, django: DjangoPools
    ):
        self.hub, self.response_cache = hub, response_cache
        self.scheduler, self.django = scheduler, django
        self.backlog: Backlog | None = None
        self.gc_pauses = GcPauses()
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def write(self) -> bytes:
        return generate_latest(self._registry)

    def read_backlog(self) -> None:
        self.backlog = read_backlog()

    def collect(self) -> Iterator[Metric]:
        yield from self.django.seconds.collect()
        yield from self.django.responses.collect()
        yield from self.hub.delivery_seconds.collect()
        yield self._streams()
        yield self._stream_queues()
        yield from self._database_pool()
        yield self._django_requests()
        yield self._django_threads()
        for name, help, value in self._gauges():
            yield GaugeMetricFamily(f"liveblog_{name}", help, value)
        for name, help, value in self._counters():
            yield CounterMetricFamily(f"liveblog_{name}", help, value)

    def _streams(self):
        readers = [each for channel in self.hub.channels.values() for each in channel.readers]
        catching_up = sum(reader.revision == CATCHING_UP for reader in readers)
        family = GaugeMetricFamily("liveblog_streams", "Open streams.", labels=["state"])
        family.add_metric(["live"], len(readers) - catching_up)
        family.add_metric(["catching_up"], catching_up)
        return family

    def _stream_queues(self):
        queued = [each.queued for one in self.hub.channels.values() for each in one.readers]
        help = "Bytes that wait for slow readers."
        family = GaugeMetricFamily("liveblog_stream_queue_bytes", help, labels=["of"])
        family.add_metric(["all"], sum(queued))
        family.add_metric(["longest"], max(queued, default=0))
        return family

    def _database_pool(self):
        """Read the statistics of psycopg's pool; SQLite has none."""
        pool = getattr(connection, "_connection_pools", {}).get(connection.alias)
        stats = pool.get_stats() if pool else {}
        family = GaugeMetricFamily("liveblog_database_pool", "Connections.", labels=["state"])
        for state, name in POOL_FIGURES.items():
            if name in stats:
                family.add_metric([state], stats[name])
        yield family
        help = "Seconds that requests waited for a connection."
        seconds = stats.get("requests_wait_ms", 0) / 1000
        yield CounterMetricFamily("liveblog_database_pool_wait_seconds", help, seconds)

    def _django_requests(self):
        labels = ["pool", "state"]
        family = GaugeMetricFamily("liveblog_django_requests", "In Django now.", labels=labels)
        for name, pool in self.django.pools.items():
            family.add_metric([name, "working"], pool.working)
            family.add_metric([name, "waiting"], pool.waiting)
        return family

    def _django_threads(self):
        help = "Requests that Django works on at once, at most."
        family = GaugeMetricFamily("liveblog_django_threads", help, labels=["pool"])
        for name, pool in self.django.pools.items():
            family.add_metric([name], pool.threads)
        return family

    def _gauges(self):
        hub, store = self.hub, self.response_cache.store
        for name, help in BACKLOG.items():
            if self.backlog:
                yield name, help, getattr(self.backlog, name)
        yield "stories_followed", "Stories with an open stream.", len(hub.channels)
        yield "cached_responses", "Responses in memory.", len(store.current)
        yield "outdated_responses", "Responses kept for an outage.", len(store.outdated)
        yield "cached_response_bytes", "Bytes of all responses in memory.", store.size
        yield "request_body_bytes", "Bytes of bodies on their way in.", self.django.bodies.size
        longest = "The longest full garbage collection: nothing is served meanwhile."
        yield "gc_pause_longest_seconds", longest, self.gc_pauses.longest
        yield "database_away", "1 while the database does not answer.", int(hub.is_away)
        yield "listening", "0 while the LISTEN connection is broken.", int(hub.is_listening or 0)
        yield "poll_age_seconds", "Since the database last answered.", _since(hub.last_poll)
        yield (
            "scheduler_age_seconds",
            "Since all that was due was published.",
            _since(self.scheduler.last_tick),
        )

    def _counters(self):
        hub, cache = self.hub, self.response_cache
        yield "streams_opened", "Streams begun.", hub.opened
        yield "streams_cut", "Streams of readers too slow to keep up, cut.", hub.cut
        yield "polls", "Polls that the database answered.", hub.polls
        yield "changes", "Changes learned of by notifications and polls.", cache.renderer.changes
        yield "responses_from_cache", "Public responses from memory.", cache.hits
        yield "gc_pauses", "Full garbage collections.", self.gc_pauses.count
        yield "gc_pause_seconds", "Seconds of all of them.", self.gc_pauses.seconds
        yield "responses_rendered", "Public responses rendered by Django.", cache.renderer.renders


def _since(moment):
    return time.monotonic() - moment
