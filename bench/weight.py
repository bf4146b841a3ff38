"""Goal 12: what a reader's page weighs, and whether it moves when updates arrive."""

import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.tools import NO_CHROMIUM, find_chromium

from .newsroom import Newsroom
from .report import Row

SLUG = "weight"
NEEDS_STORIES = False
BUDGET = 30.0  # KiB
COUNTED = {"document", "stylesheet", "script"}
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
SHIFTS = """() => { window.shifts = 0; new PerformanceObserver(list => {
  for (const each of list.getEntries()) window.shifts += each.value;
}).observe({type: "layout-shift", buffered: true}) }"""


def measure(newsroom: Newsroom) -> list[Row]:
    chromium = find_chromium()
    if chromium is None:
        return [Row("12", NO_CHROMIUM, "", "", "", "")]
    with (
        newsroom.serve() as server,
        newsroom.writer() as writer,
        sync_playwright() as playwright,
    ):
        writer.ask(seed_fifty=SLUG)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page, asked = browser.new_page(viewport={"width": 1280, "height": 900}), []
        page.on("request", lambda request: asked.append((request.resource_type, request.url)))
        page.add_init_script(f"({SHIFTS})()")
        page.goto(f"{server.url}/live/{SLUG}/")
        page.wait_for_timeout(1500)
        for _ in range(3):
            writer.ask(publish=SLUG)
            page.wait_for_timeout(1500)
        shifts = page.evaluate("window.shifts")
        browser.close()
        weight = sum(_zipped(url) for kind, url in dict.fromkeys(asked) if kind in COUNTED) / 1024
    strangers = [url for _, url in asked if urlsplit(url).port != server.port]
    yield Row(
        "12",
        "HTML, CSS and JS of a story of 50, in gzip",
        f"{weight:.1f} KiB",
        "",
        "",
        "≤ 30",
        weight <= BUDGET,
    )
    yield Row("12", "third-party requests", str(len(strangers)), "", "", "0", not strangers)
    yield Row("12", "layout shift over 3 updates", f"{shifts:.3f}", "", "", "0", shifts == 0)


def _zipped(url):
    """Ask as a browser without brotli does: what counts is what the server sends."""
    question = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(question, timeout=20) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", url
        return len(answer.read())
