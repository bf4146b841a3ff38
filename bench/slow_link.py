"""How soon a reader on a very slow line reads the newest update."""

import time

from playwright.sync_api import sync_playwright

from tests.tools import NO_CHROMIUM, find_chromium

from .newsroom import Newsroom
from .report import Row
from .weight import FLAGS

NEEDS_STORIES = False
SLUG = "slow"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST = 5.0  # seconds


def measure(newsroom: Newsroom) -> list[Row]:
    """Load a story of 40 updates over 400 kbit/s with 400 ms of delay, and nothing cached."""
    chromium = find_chromium()
    if chromium is None:
        return [Row("", NO_CHROMIUM, "", "", "", "")]
    with newsroom.writer() as writer:
        writer.ask(seed_small=[SLUG])
    with newsroom.serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
        begun = time.monotonic()
        page.goto(f"{server.url}/live/{SLUG}/", wait_until="commit")
        page.locator("[data-feed] article").first.wait_for()
        read = time.monotonic() - begun
        page.locator("live-story[data-connection=live]").wait_for(state="attached")
        heard = time.monotonic() - begun
        browser.close()
    what = "readable over 400 kbit/s with 400 ms of delay"
    yield Row("", what, f"{read:.1f} s", "", "", f"≤ {MOST:g} s", read <= MOST)
    yield Row("", "and its stream heard", f"{heard:.1f} s", "", "", "")
