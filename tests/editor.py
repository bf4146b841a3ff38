"""An editor at a real server, with forms as a browser without scripts sends them."""

import re
import uuid
from html import unescape

import httpx

EMPTY_ROWS = {
    f"{prefix}-{name}": "0"
    for prefix in ("attributions", "bylines", "pictures")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}
WRITE = "/admin/liveblog/update/add/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class Desk(httpx.Client):
    """Signed in to a site as its chief editor, or as somebody else of its local accounts."""

    def __init__(self, site, name="chief@localhost"):
        super().__init__(base_url=site.url, timeout=30)
        self.get("/admin/login/").raise_for_status()
        signed_in = self.submit(
            "/admin/login/", {"username": name, "password": site.password_of(name)}
        )
        assert signed_in.status_code == 302, signed_in.text

    def submit(self, address: str, fields: dict) -> httpx.Response:
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self.post(address, data=token | fields, headers={"Referer": str(self.base_url)})

    def publish(self, story: int, headline: str, body: str = "<p>Words.</p>") -> httpx.Response:
        """Press Publish under a new update."""
        written = {
            "client_id": str(uuid.uuid4()),
            "made_from": "0",
            "story": str(story),
            "headline": headline,
            "body": body,
            "verification": "none",
            "_publish": "",
        }
        return self.submit(f"{WRITE}?story={story}", EMPTY_ROWS | written)

    def send_again(self, answer: httpx.Response) -> httpx.Response:
        """Press the only button of a page that kept what was sent."""
        kept = {name: unescape(value) for name, value in HIDDEN.findall(answer.text)}
        address = unescape(re.search(r'<form method="post" action="([^"]*)"', answer.text)[1])
        return self.post(address, data=kept, headers={"Referer": str(self.base_url)})
