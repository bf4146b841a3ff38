"""The first editor at the new site, through nginx; run within the machine, in the product's .venv.

python -m deploy.check.editor welcome LINK      prints a token for the API
python -m deploy.check.editor publish TOKEN
python -m deploy.check.editor take-down TOKEN
"""

import base64
import hashlib
import hmac
import io
import re
import secrets
import struct
import sys
import time
import uuid
from urllib.parse import urlsplit

import httpx
from PIL import Image

SITE = "https://live.example.org"
API = f"{SITE}/api/v1"
STORY = "the-bridge"
TAKEN_DOWN = uuid.UUID(int=1, version=4)
PASSING_WORDS = "Words that must go again"
CHECKED = (f"/live/{STORY}/", f"/live/{STORY}/atom.xml", f"/live/{STORY}/changes/0", "/")


def client() -> httpx.Client:
    return httpx.Client(verify=False, timeout=30)  # nosec B501 # a certificate of its own


def welcome(link: str) -> str:
    """Go from the one-time link to a token, as a chief editor must; return the token."""
    with client() as browser:
        password = secrets.token_urlsafe(16)
        page = browser.get(link, follow_redirects=True)
        fields = {"new_password1": password, "new_password2": password}
        _submit(browser, str(page.url), fields)
        fields = {"username": "anna", "password": password}
        _submit(browser, f"{SITE}/admin/login/", fields)
        page = browser.get(f"{SITE}/admin/second-factor/")
        key = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
        answer = _submit(browser, str(page.url), {"code": _code_of(key)})
        assert answer.text.count("<li><code>") == 10, answer.text
        return _token(browser)


def _token(browser) -> str:
    address = f"{SITE}/admin/liveblog/apitoken/add/"
    form = browser.get(address).raise_for_status().text
    person = re.search(r'<option value="(\d+)">[^<]*anna', form, re.IGNORECASE)[1]
    scopes = ["read", "write", "publish", "manage"]
    fields = {"name": "check", "person": person, "scopes": scopes, "story": ""}
    page = _submit(browser, address, {**fields, "expires_at_0": "", "expires_at_1": ""})
    return re.search(r"lb_[\w-]+", page.text)[0]


def publish(token: str) -> None:
    """Make a story with a picture and 30 updates; wait until readers see them."""
    with client() as program:
        program.headers["Authorization"] = f"Bearer {token}"
        story = {"headline": "The bridge", "slug": STORY, "introduction": "<p>It opens.</p>"}
        program.post(f"{API}/stories", json=story).raise_for_status()
        program.post(f"{API}/stories/{STORY}/open").raise_for_status()
        file = {"file": ("bridge.png", _picture(), "image/png")}
        sent = program.post(f"{API}/pictures", files=file, data={"alt": "A bridge"})
        picture = sent.raise_for_status().json()["id"]
        for number in range(30):
            pictures = [picture] if number == 0 else []
            put(program, uuid.uuid4(), f"Update {number}", pictures=pictures)
        put(program, TAKEN_DOWN, PASSING_WORDS)
        _wait_until(lambda: PASSING_WORDS in program.get(f"{SITE}/live/{STORY}/").text)


def put(program, id, headline: str, **fields) -> None:
    wanted = {"headline": headline, "text": f"{headline}.", "status": "published", **fields}
    address = f"{API}/stories/{STORY}/updates/{id}"
    program.put(address, json=wanted).raise_for_status()


def take_down(token: str) -> None:
    """Retract an update; it has to be gone from every address within 30 s."""
    with client() as program:
        address = f"{API}/stories/{STORY}/updates/{TAKEN_DOWN}/retract"
        bearer = {"Authorization": f"Bearer {token}"}
        program.post(address, json={"note": "It was wrong."}, headers=bearer).raise_for_status()
        pages = [SITE + path for path in CHECKED]
        _wait_until(lambda: not any(PASSING_WORDS in program.get(page).text for page in pages))


def _submit(browser, address: str, fields: dict) -> httpx.Response:
    """Send a form as a browser does, and go where it leads."""
    browser.get(address, follow_redirects=True)
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    headers = {"Referer": "{0.scheme}://{0.netloc}/".format(urlsplit(address))}
    sent = browser.post(address, data=token | fields, headers=headers, follow_redirects=True)
    assert "errornote" not in sent.text, sent.text
    return sent.raise_for_status()


def _code_of(key: str) -> str:
    """What an app on a phone shows now: RFC 6238."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    padded = key + "=" * (-len(key) % 8)
    digest = hmac.new(base64.b32decode(padded), moment, hashlib.sha1).digest()
    begin = digest[-1] & 15
    number = struct.unpack(">I", digest[begin : begin + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def _picture() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 800)).save(file, "PNG")
    return file.getvalue()


def _wait_until(condition) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "not within 30 s"
        time.sleep(0.2)


if __name__ == "__main__":
    verb, argument = sys.argv[1:]
    answer = {"welcome": welcome, "publish": publish, "take-down": take_down}[verb](argument)
    sys.stdout.write(f"{answer or ''}\n")
