"""What a reader's page weighs: everything but the pictures, and its scripts alone."""

from urllib.parse import urlsplit

import pytest

from tests.live.conftest import ACT, SETUP

MOST = 30 * 1024  # bytes of HTML, style sheets and scripts, gzipped
MOST_SCRIPT = 11 * 1024  # bytes of script on the wire
MOST_FONTS = 60 * 1024
# The bounds are in gzip; a site that has brotli sends less.
GZIP = {"Accept-Encoding": "gzip"}
KINDS = {"document", "stylesheet", "script"}
WRITE = """
import random
words = (settings.BASE_DIR / "fixtures" / "ukraine-kursk.txt").read_text().split()
chance = random.Random(50)
for n in range(50):
    body = " ".join(chance.choices(words, k=60))
    cast.publish(story, editor, f"Update number {n}", body=f"<p>{body}</p>")
"""


@pytest.fixture
def newsroom(make_site):
    """A story of 50 updates of 60 words each."""
    site = make_site()
    site.shell(SETUP)
    site.shell("from django.conf import settings\n" + ACT.format(slug="bridge") + WRITE)
    return site


@pytest.fixture
def production(newsroom):
    """The same story, served as a production server serves it."""
    server = newsroom.twin()
    server.environment |= {
        "DEBUG": "0",
        "SECRET_KEY": "only-weighed-" + "x" * 50,
        "SITE_NAME": "Scales",
        "SITE_URL": server.url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(server.folder / "static"),
    }
    ignored = ("--ignore", "ckeditor", "--ignore", "admin/*")  # three thousand files
    server.manage("collectstatic", "--noinput", "--verbosity", "0", *ignored)
    server.start()
    yield server
    server.stop()


def test_story_of_50_updates_stays_light_and_at_home(production, page):
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    page.set_extra_http_headers(GZIP)
    page.goto(f"{production.url}/live/bridge/")
    page.locator("[aria-setsize]").first.wait_for()
    page.evaluate("document.fonts.ready.then(() => true)")

    texts = [each for each in answers if each.request.resource_type in KINDS]
    weights = {each.url: each.request.sizes()["responseBodySize"] for each in texts}
    assert sum(weights.values()) <= MOST, weights
    fonts = [each for each in answers if each.request.resource_type == "font"]
    assert 0 < sum(each.request.sizes()["responseBodySize"] for each in fonts) <= MOST_FONTS
    assert {urlsplit(each.url).netloc for each in answers} == {urlsplit(production.url).netloc}


def test_script_of_a_story_stays_light_and_works(production, page):
    asked = []
    page.on("requestfinished", lambda request: asked.append(request))

    page.set_extra_http_headers(GZIP)
    page.goto(f"{production.url}/live/bridge/")
    page.locator("live-story[data-connection=live]").wait_for(state="attached")

    scripts = [each for each in asked if each.resource_type == "script"]
    weights = {each.url: each.sizes()["responseBodySize"] for each in scripts}
    plain = [e.url for e in scripts if e.response().header_value("content-encoding") != "gzip"]
    assert plain == []
    assert 0 < sum(weights.values()) <= MOST_SCRIPT, weights
