"""Slow readers, rubbish, SIGTERM, lost lines: what the network does to a newsroom."""

import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.server import ROOT
from tests.sse import Subscriber

from .test_health import figures
from .test_many_readers import beside, is_postgresql
from .test_response_cache import wait_for

STREAM = "/live/ukraine-kursk/stream"
LONG = "cast.content(f'Long {n}.', body='<p>' + 'Many words of one update. ' * 3800 + '</p>')"


def raw(site, request: str, *, buffer: int = 0) -> socket.socket:
    """Send a request by hand; `buffer` bounds what the reader's system takes for it."""
    door = socket.socket()
    if buffer:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    door.settimeout(10)
    door.connect(("127.0.0.1", site.port))
    door.sendall(request.encode())
    return door


def test_a_reader_too_slow_is_cut_and_misses_nothing(newsroom):
    """100 KB an update, to readers who take nothing: each is cut, and holds no memory."""
    cursor = httpx.get(f"{newsroom.url}/live/bridge/changes/0").json()["cursor"]
    asked = f"GET /live/bridge/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: {cursor}\r\n\r\n"
    slow = [
        raw(newsroom, asked.replace("Host: x", "Host: localhost"), buffer=4096) for _ in range(12)
    ]
    quick = Subscriber(f"{newsroom.url}/live/bridge/stream", cursor=cursor)
    before = figures(newsroom)

    newsroom.act(
        f"for n in range(60): publishing.publish(cast.new_update(story), by=editor, content={LONG})"
    )
    wait_for_updates(quick, 60)
    deadline = time.monotonic() + 60
    while (after := figures(newsroom))["liveblog_streams live"] > 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    back = Subscriber(f"{newsroom.url}/live/bridge/stream", cursor=cursor)

    assert after["liveblog_streams live"] == 1
    assert after["liveblog_streams_cut_total"] == len(slow)
    assert after["process_open_fds"] <= before["process_open_fds"] - len(slow) + 9  # connections
    wait_for_updates(back, 60)
    assert numbers(back) == numbers(quick) == list(range(2, 62))
    for door in slow:
        door.close()


def numbers(reader):
    return [each["number"] for each in reader.changes() if each["type"] == "update"]


def wait_for_updates(reader, count, seconds=60):
    """Wait for the updates alone: how many story parts come between them is left to chance."""
    until = time.monotonic() + seconds
    while len(numbers(reader)) < count and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.any_database
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", [STREAM, "/live/ukraine-kursk/changes/0"])
def test_readers_addresses_are_read_only(site, method, path):
    refused = httpx.request(method, site.url + path)

    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.any_database
@pytest.mark.parametrize("path", [STREAM, "/live/ukraine-kursk/changes/0", "/live/nowhere/stream"])
def test_head_tells_the_same_and_ends(site, path):
    head = httpx.head(site.url + path, timeout=3)

    assert head.content == b""
    assert head.status_code == (404 if "nowhere" in path else 200)


@pytest.mark.parametrize("cursor", ["x" * 8192, "-1", "\xff\xfe", "0x1", "1e9", "abc-00"])
def test_a_rubbish_cursor_is_no_cursor(site, cursor):
    headers = {"Last-Event-ID": cursor.encode("latin-1")}

    reader = Subscriber(site.url + STREAM, headers=headers)

    assert reader.status == 200
    reader.wait_for("reload")
    reader.wait_for_end()


@pytest.mark.any_database
def test_a_stream_by_http_1_0_is_refused(site):
    """It has no chunks, and its readers could not tell a whole event from a cut one."""
    door = raw(site, f"GET {STREAM} HTTP/1.0\r\nHost: localhost\r\n\r\n")

    assert read_to_end(door).startswith(b"HTTP/1.1 505 ")


@pytest.mark.any_database
def test_http_1_0_gets_pages(site):
    door = raw(site, "GET /live/ukraine-kursk/ HTTP/1.0\r\nHost: localhost\r\n\r\n")

    output = read_to_end(door)
    assert output.startswith(b"HTTP/1.1 200 ")
    assert b"transfer-encoding" not in output.lower()


@pytest.mark.alone
def test_sigterm_cuts_no_answer(newsroom):
    """Five hundred streams, a publication under way, a second SIGTERM: gone within seconds."""
    with ThreadPoolExecutor(50) as pool:
        asked = "GET /live/bridge/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
        doors = list(pool.map(lambda _: raw(newsroom, asked), range(500)))
        for door in doors:
            read_until(door, b"retry: ")
        getting = [
            pool.submit(get_by_hand, newsroom, f"/live/bridge/?before={n}") for n in range(20)
        ]
        time.sleep(0.02)
        begun = time.monotonic()
        newsroom.process.send_signal(signal.SIGTERM)
        time.sleep(0.05)
        newsroom.process.send_signal(signal.SIGTERM)
        ends = list(pool.map(read_to_end, doors))
        newsroom.process.wait(20)
        took = time.monotonic() - begun

    assert took < 5
    assert all(end.endswith(b"0\r\n\r\n") for end in ends), "a stream was cut, not ended"
    waits = {end.rpartition(b"retry: ")[2].split()[0] for end in ends}
    assert len(waits) > 100, "they would come back all at once"
    assert {each.result() for each in getting} <= {"", "whole"}
    newsroom.process = None


def get_by_hand(site, path):
    """Return "whole", "cut", or nothing for a request that the server did not take any more."""
    try:
        asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        head, _, body = read_to_end(raw(site, asked)).partition(b"\r\n\r\n")
    except ConnectionError:
        return ""
    length = head.lower().rpartition(b"content-length: ")[2].split(b"\r\n")[0]
    return ("whole" if len(body) == int(length) else "cut") if head else ""


def read_until(door, word):
    read = b""
    while word not in read:
        read += door.recv(4096)


def read_to_end(door):
    with door, door.makefile("rb") as file:
        return file.read()


def test_what_fell_due_while_nothing_ran_is_published_once(newsroom):
    """Scheduled, all stopped, then two servers start at once: each update once, none early."""
    newsroom.stop()
    planned = newsroom.act("""
from datetime import timedelta
from django.utils import timezone
for n in range(8):
    at = timezone.now() + timedelta(seconds=1 + n % 2 * 9)
    due = cast.content(f'Due {n}.')
    update = publishing.schedule(cast.new_update(story), by=editor, content=due, at=at)
    print(update.pk, at.timestamp())
""")
    other = beside(newsroom)
    newsroom.start()
    reader = Subscriber(f"{newsroom.url}/live/bridge/stream?after=0")
    wait_for_updates(reader, 8)
    other.stop()

    output = newsroom.act("""
print(story.revision)
for each in story.updates.public(): print(each.pk, each.published_at.timestamp())
""")
    revision, *published = output.split("\n", 1)
    late = {id: at - moments(planned)[id] for id, at in moments(published[0]).items()}
    assert len(late) == 8
    assert all(0 <= seconds < 60 for seconds in late.values())
    assert (int(revision), sorted(numbers(reader))) == (9, list(range(2, 10)))


def moments(lines):
    return {id: float(at) for id, at in map(str.split, lines.strip().split("\n"))}


@pytest.mark.alone
@pytest.mark.skipif(not is_postgresql, reason="PostgreSQL's own: SQLite notifies no other process")
def test_a_takedown_is_gone_from_memory_without_a_notification(newsroom):
    """Another process retracts while this one's LISTEN connection is killed, again and again."""
    page = "/live/bridge/"
    newsroom.act("cast.publish(story, editor, 'Marker words.')")
    assert "Marker words" in wait_for(newsroom, page, "Marker words")

    gone = newsroom.act(
        """
import threading, time
from django.db import connection
def deafen():
    with connection.cursor() as cursor:
        until = time.monotonic() + 4
        while time.monotonic() < until:
            cursor.execute('''SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%%' ''')
            time.sleep(0.02)
deaf = threading.Thread(target=deafen); deaf.start(); time.sleep(0.5)
publishing.retract(story.updates.get(headline='Marker words'), by=editor, note='Wrong.')
import httpx
begun = time.monotonic()
while 'Marker words' in httpx.get('URL').text and time.monotonic() - begun < 10: time.sleep(0.05)
print(time.monotonic() - begun); deaf.join()
""".replace("URL", newsroom.url + page)
    )

    assert float(gone.split()[-1]) < 3


@pytest.mark.skipif(is_postgresql, reason="SQLite's own")
def test_nobody_sees_that_the_database_is_locked(newsroom):
    """Four editors write, each in a process of their own, and a hundred readers read."""
    writers = [
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", newsroom.code(WRITE)],
            cwd=ROOT,
            env=newsroom.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    with ThreadPoolExecutor(100) as pool:

        def read(number):
            paths = ["/", "/live/bridge/", "/live/bridge/changes/0", "/corrections/"]
            seen = set()
            while any(each.poll() is None for each in writers):
                seen.add(httpx.get(newsroom.url + paths[number % 4], timeout=30).status_code)
                time.sleep(0.1)
            return seen

        seen = set().union(*pool.map(read, range(100)))

    assert seen == {200}
    assert [each.communicate()[1] for each in writers] == [""] * 4
    assert "locked" not in newsroom.log


WRITE = """
for n in range(15):
    one = cast.publish(story, editor, f'Word {n}.')
    publishing.correct(one, cast.content(f'Word {n}!'), by=editor, note='It was not.')
"""
