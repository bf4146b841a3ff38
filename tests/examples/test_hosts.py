"""The template tag and the WordPress plugin."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache
from django.template import Context, Engine

from tests.integrations.receiver import Receiver

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
PLUGIN = EXAMPLES / "wordpress" / "liveblog.php"


@pytest.fixture
def site():
    """A site that answers its fragment with a status."""
    from http.server import BaseHTTPRequestHandler

    receiver = Receiver()
    receiver.status, receiver.asked = 200, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            receiver.asked.append(self.path)
            self.send_response(receiver.status)
            self.end_headers()
            self.wfile.write(b"<live-story>Words</live-story>")

        def log_message(self, *arguments):
            """Nothing."""

    receiver.server.RequestHandlerClass = Handler
    receiver.base = receiver.url.removesuffix("/hook")
    cache.clear()
    yield receiver
    receiver.stop()


def render(address):
    engine = Engine(libraries={"liveblog": "examples.django.liveblog_tags"})
    text = "{% load liveblog %}{% liveblog address %}"
    return engine.from_string(text).render(Context({"address": address}))


def test_the_tag_shows_the_fragment_and_attaches_the_script(site):
    html = render(f"{site.base}/live/bridge")

    assert "<live-story>Words</live-story>" in html
    assert f'<script type="module" src="{site.base}/fragment.js"></script>' in html
    render(f"{site.base}/live/bridge/")
    assert site.asked == ["/live/bridge/fragment/"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_story_that_is_not_there_is_a_link(site, status):
    site.status = status

    html = render(f"{site.base}/live/bridge/")

    assert html == f'<p><a href="{site.base}/live/bridge/">{site.base}/live/bridge/</a></p>'


def test_a_withdrawn_story_says_so(site):
    site.status = 410

    assert "Words" in render(f"{site.base}/live/bridge/")


def test_a_site_that_is_away_is_a_link():
    cache.clear()

    assert 'href="http://127.0.0.1:9/live/x/"' in render("http://127.0.0.1:9/live/x/")


@pytest.mark.skipif(not shutil.which("php"), reason="no PHP here")
def test_the_plugin_is_valid_php():
    done = subprocess.run(["php", "-l", PLUGIN], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_the_plugin_shows_only_the_site_that_the_settings_name():
    """What can be read without PHP: it checks the address before it fetches anything."""
    text = PLUGIN.read_text()

    body = text[text.index("function liveblog_shortcode") :]
    assert body.index("LIVEBLOG_SITE") < body.index("liveblog_fetch(")
    assert "defined( 'ABSPATH' ) || exit;" in text
