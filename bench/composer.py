"""An editor who publishes as a browser does: by the composer's form, or from the desk."""

import json
import re
import time
import urllib.parse
import urllib.request
import uuid

from tests.admin.forms import EMPTY_ROWS

from .newsroom import Newsroom

PAUSE = 0.2  # seconds between two publications


class Composer:
    """An editor's browser that publishes by the composer's form."""

    def __init__(self, newsroom: Newsroom, server, size: int = 50):
        self.story = newsroom.seeded["stories"][str(size)]
        self.url = f"{server.url}/admin/liveblog/update/add/?story={self.story}"
        self.cookie = f"sessionid={newsroom.seeded['session']}"
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

    def send(self) -> float:
        """Publish one update from the desk's outbox; the milliseconds until the answer."""
        content = {"headline": "From the desk", "body": f"<p>Words at {time.time()}.</p>"}
        sent = json.dumps({"verb": "publish", "content": content}).encode()
        desk = self.url.partition("/update/")[0] + f"/story/{self.story}/desk/"
        request = self._request(sent, url=f"{desk}updates/{uuid.uuid4()}/send")
        request.add_header("Content-Type", "application/json")
        request.add_header("X-CSRFToken", self.token)
        time.sleep(PAUSE)
        begun = time.perf_counter()
        urllib.request.urlopen(request, timeout=20).read()
        return 1000 * (time.perf_counter() - begun)

    def _request(self, data=None, url=""):
        cookie = self.cookie + (f"; csrftoken={self.token}" if data else "")
        headers = {"Cookie": cookie, "Referer": self.url}
        return urllib.request.Request(url or self.url, data=data, headers=headers)


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, request, answer, code, message, headers):
        return answer
