"""What uvicorn serves: the response cache, Django behind it, the scheduler in its lifespan."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connection

from config.wsgi import application as wsgi
from liveblog import notify, publishing
from liveblog.api.cached_reads import CachedReads
from liveblog.desk.hub import DeskHub
from liveblog.desk.stream import DeskStream
from liveblog.editing import presence, readers
from liveblog.editing.health import ProcessFigures
from liveblog.integrations.sender import Sender
from liveblog.live.django_pools import DjangoPools
from liveblog.live.gc_pauses import make_rare
from liveblog.live.health import ADDRESSES, HealthEndpoints
from liveblog.live.hub import Hub
from liveblog.live.listener import keep_listening, keep_polling
from liveblog.live.metrics import BACKLOG_EVERY, Metrics
from liveblog.live.readiness import Readiness
from liveblog.live.response_cache import ResponseCache
from liveblog.live.scheduler import Scheduler

hub = Hub()
if settings.GRIP_URL:
    from liveblog.live.grip import GripProxy

    hub.proxy = GripProxy(hub, settings.GRIP_URL, settings.GRIP_KEY)
django = DjangoPools(wsgi)
response_cache = ResponseCache(
    django, hub, allowed_hosts=settings.ALLOWED_HOSTS, grace=settings.GRACE_SECONDS
)
api = CachedReads(response_cache, response_cache)
scheduler = Scheduler(publishing.publish_due)
sender = Sender()
sending = Scheduler(sender)
readiness = Readiness(hub)
metrics = Metrics(hub, response_cache, scheduler, django)
backlog = Scheduler(metrics.read_backlog, every=BACKLOG_EVERY)
operators = HealthEndpoints(readiness, metrics, settings.METRICS_TOKEN)
desks = DeskHub(ProcessFigures(followed=hub.followed, errors=hub.describe_errors))
desk_stream = DeskStream(desks)
notify.listeners.append(hub.notify)
notify.desk_listeners.append(desks.notify)
notify.token_listeners.append(api.forget)


async def application(scope, receive, send):
    """Serve a request, or live through the server's life."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] in ADDRESSES:
        await operators(scope, receive, send)
    elif desk_stream.is_for(scope):
        await desk_stream(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/api/"):
        await api(scope, receive, send)
    elif scope["type"] == "http":
        await response_cache(scope, receive, send)


async def _live(receive, send):
    await receive()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(4))
    hub.start()
    desks.start()
    tasks = [asyncio.create_task(work) for work in _work()]
    _end_streams_on_sigterm()
    make_rare()
    metrics.gc_pauses.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    sender.close()
    for task in tasks:
        task.cancel()
    await send({"type": "lifespan.shutdown.complete"})


def _work():
    yield keep_polling(hub)
    yield desks.run()
    yield scheduler.run()
    yield sending.run()
    yield backlog.run()
    yield readiness.wait_for_migrations()
    if connection.vendor == "postgresql":
        others = {presence.CHANNEL: presence.receive, readers.CHANNEL: readers.receive}
        others |= {notify.DESK_CHANNEL: desks.hear, notify.TOKEN_CHANNEL: api.forget}
        yield keep_listening(hub, **others)


def _end_streams_on_sigterm():
    """End the open streams before uvicorn waits for them."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def end(signum, frame, before=before):
            loop.call_soon_threadsafe(hub.close)
            loop.call_soon_threadsafe(desks.close)
            before(signum, frame)

        signal.signal(number, end)
