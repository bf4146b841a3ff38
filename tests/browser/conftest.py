"""A real Chromium before a real server."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import tools

FLAGS = [
    *("--no-sandbox", "--disable-quic", "--disable-background-networking"),
    *("--no-first-run", "--disable-gpu"),
]
TIMEOUT = 10_000  # milliseconds
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the browser tests, and run them last: Playwright's event loop stays once it runs."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker("browser")
    told = yield  # others sort too
    here = [item for item in items if item in set(here)]
    items[:] = [item for item in items if item not in set(here)] + here
    return told


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
    page.on("console", lambda told: "Content Security" in told.text and errors.append(told.text))
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
