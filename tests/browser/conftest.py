"""A real Chromium before a real server."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from tests import cast, tools

from .desks import Desks

FLAGS = [
    *("--no-sandbox", "--disable-quic", "--disable-background-networking"),
    *("--no-first-run", "--disable-gpu"),
]
TIMEOUT = 20_000  # milliseconds, for a loaded machine: what is to be there comes at once
expect.set_options(timeout=TIMEOUT)
# These files take a minute each: begun last, they would be waited for alone.
LONGEST = ("test_storm.py", "test_desk_kills.py", "test_desk_pages.py")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the browser tests, and run them last: Playwright's event loop stays once it runs.

    Of them the longest files come first.
    """
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker("browser")
    outcome = yield  # others sort too
    here = [item for item in items if item in set(here)]
    here.sort(key=lambda item: item.path.name not in LONGEST)
    items[:] = [item for item in items if item not in set(here)] + here
    return outcome


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = tools.find_chromium()
    if chromium is None:
        tools.note_absence(tools.NO_CHROMIUM)
        pytest.skip(tools.NO_CHROMIUM)
    # Playwright's synchronous API keeps a loop running, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": chromium, "args": FLAGS}


@pytest.fixture
def page(page):
    """A page whose own errors, and what its policy blocks, fail the test."""
    page.set_default_timeout(TIMEOUT)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: "Content Security" in message.text and errors.append(message.text),
    )
    yield page
    assert errors == []


@pytest.fixture
def sign_in(site, page):
    """Sign the page in as `chief` or `reporter`, and lead it to an address of the admin."""

    def sign_in(name="chief", *, address="/admin/"):
        page.goto(f"{site.url}/admin/login/?next={address}")
        page.get_by_label("Username").fill(f"{name}@localhost")
        page.get_by_label("Password").fill(site.password_of(f"{name}@localhost"))
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{site.url}{address}")
        return page

    return sign_in


@pytest.fixture
def edith(transactional_db):
    user = cast.make_editor("edith")
    user.set_password("newsroom-pass")
    user.save()
    return user


@pytest.fixture
def story(edith):
    return cast.make_live_story(edith)


@pytest.fixture
def complaints(page):
    """What the browser held against the page: errors, and breaches of its policy."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    return complaints


@pytest.fixture
def composer(page, complaints, live_server, story):
    """A new update's form, signed in through the form as an editor would."""
    address = f"{reverse('admin:liveblog_update_add')}?story={story.pk}"
    page.goto(f"{live_server.url}{address}")
    page.get_by_label("Username").fill("edith")
    page.get_by_label("Password").fill("newsroom-pass")
    page.get_by_role("button", name="Log in").click()
    page.locator(".field-body .cke_wysiwyg_div").wait_for()
    return page


@pytest.fixture
def assert_accessible():
    """Let axe look at a page, or at the part that a selector names: WCAG 2.2 AA, or more."""

    def check(page, context: str | None = None, *, best_practices: bool = False) -> None:
        rules = [*WCAG, *(["best-practice"] if best_practices else [])]
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found = Axe().run(page, context=context, options=options).response["violations"]
        assert not found, "\n".join(map(_told, found))

    return check


def _told(violation) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    return f"{violation['id']}: {violation['help']}: {', '.join(places[:10])}"


@pytest.fixture
def serve_host():
    """Serve one HTML page at another origin; returns its address."""
    servers = []

    def serve(html: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *args):
                pass

        servers.append(ThreadingHTTPServer(("localhost", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://localhost:{servers[-1].server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def desks(site, browser):
    """Desks of the demo story."""
    story = "from liveblog.models import Story; print(Story.objects.get(slug='ukraine-kursk').pk)"
    desks = Desks(site, browser, int(site.shell(story)))
    yield desks
    desks.close()
