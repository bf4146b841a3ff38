"""Goal 6: publishing beside a bare transaction, and beside 1,000 open streams."""

import re
import statistics
import time
import urllib.parse
import urllib.request
import uuid

from tests.admin.forms import EMPTY_ROWS

from .fanout import FEW, SLUG, STREAM
from .house import House
from .report import Row, at_most
from .server import Program

TIMES = 60
REQUESTS = 100
PAUSE = 0.2  # seconds between two publications


def measure(house: House) -> list[Row]:
    return [*_verb(house), *_requests(house)]


def _verb(house):
    pk = house.told["stories"]["50"]
    limit = Program("-m", "bench.limits.transaction", environment=house.environment)
    with house.writer() as writer, limit:
        writer.ask(publish=SLUG)
        ours, bare = [], []
        for _ in range(TIMES):
            told = writer.ask(publish=SLUG)
            ours.append(1000 * (told["committed"] - told["begun"]))
            bare.append(limit.ask(limit=pk)["ms"])
        counted = writer.ask(publish=SLUG, count_queries=True)["queries"]
    pair = statistics.median(ours), statistics.median(bare)
    yield at_most("6", "publish, to its durable commit; limit: the same rows", pair, 3)
    yield Row("6", "its queries", str(counted), "", "", "≤ 10", counted <= 10)


def _requests(house):
    with house.serve() as server, Program("-m", "bench.streams") as crowd:
        composer = Composer(house, server)
        composer.publish()
        idle = [composer.publish() for _ in range(REQUESTS)]
        crowd.ask(open={"count": FEW, "port": server.port, "path": STREAM})
        busy = [composer.publish() for _ in range(REQUESTS)]
    pair = _p99(busy), _p99(idle)
    yield at_most("6", "publish request with 1,000 readers, p99; limit: idle", pair, 1.5)
    middle = statistics.median(busy), statistics.median(idle)
    yield Row("", "the same, median", *(f"{side:.1f} ms" for side in middle), "", "")


def _p99(times):
    return sorted(times)[int(len(times) * 0.99) - 1]


class Composer:
    """An editor's browser that publishes by the composer's form."""

    def __init__(self, house: House, server):
        self.story = house.told["stories"]["50"]
        self.url = f"{server.url}/admin/liveblog/update/add/?story={self.story}"
        self.cookie = f"sessionid={house.told['session']}"
        page = urllib.request.urlopen(self._request(), timeout=20)
        self.token = re.search(r"csrftoken=(\w+)", str(page.headers))[1]

    def publish(self) -> float:
        """Publish one update; the milliseconds until the answer."""
        form = {
            **EMPTY_ROWS,
            "csrfmiddlewaretoken": self.token,
            "client_id": str(uuid.uuid4()),
            "made_from": 0,
            "story": self.story,
            "headline": "By the composer",
            "body": f"<p>Words at {time.time()}.</p>",
            "verification": "none",
            "_publish": "",
        }
        time.sleep(PAUSE)
        begun = time.perf_counter()
        request = self._request(urllib.parse.urlencode(form).encode())
        answer = urllib.request.build_opener(_Stay).open(request, timeout=20)
        seconds = time.perf_counter() - begun
        if answer.status != 302:
            raise RuntimeError(re.findall("errorlist.*", answer.read().decode()))
        return 1000 * seconds

    def _request(self, data=None):
        cookie = self.cookie + (f"; csrftoken={self.token}" if data else "")
        headers = {"Cookie": cookie, "Referer": self.url}
        return urllib.request.Request(self.url, data=data, headers=headers)


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, request, answer, code, message, headers):
        return answer
