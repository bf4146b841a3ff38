"""Take the pictures: a server of its own on a database of its own, then Chromium before it.

    python -m docs.screenshots [WORD …]

Only pages whose names hold a word, where words are given; `readme` is the README's. The
others go to `.local/screenshots/`.
"""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import tools
from tests.server import ROOT, Site

from .pages import README, of_the_readme, pages_of

OUT = ROOT / ".local" / "screenshots"
WIDTHS = {390: 844, 1280: 900}  # and the height of the first screen, pixels
SCHEMES = ("light", "dark")
LONGEST = 6000  # pixels: enough of a long page
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def main(*words: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="liveblog-"))
    site = Site(folder)
    try:
        site.prepare(demo=True)
        site.manage("shell", "-v0", "-c", "from docs.screenshots import stories; stories.write()")
        site.start()
        _take(site, words)
    finally:
        site.stop()
        shutil.rmtree(folder)


def _take(site, words):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=tools.find_chromium(), args=FLAGS)
        if not words or "readme" in words:
            page = _open(chromium, 1280, "light")
            of_the_readme(site)(page)
            page.screenshot(path=README)
        for name, visit in pages_of(site).items():
            if not words or any(word in name for word in words):
                for width, scheme in product(WIDTHS, SCHEMES):
                    _take_one(chromium, visit, OUT / f"{name}-{width}-{scheme}.png", width, scheme)
        chromium.close()
    sys.stdout.write(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}\n")


def _take_one(chromium, visit, path, width, scheme):
    page = _open(chromium, width, scheme)
    if visit(page) == "screen":
        page.screenshot(path=path)
    else:
        page.screenshot(path=path, full_page=True, clip=_clip(page, width))
    page.context.close()


def _open(chromium, width, scheme) -> Page:
    return chromium.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
        reduced_motion="reduce",
    ).new_page()


def _clip(page, width):
    height = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}


if __name__ == "__main__":
    main(*sys.argv[1:])
