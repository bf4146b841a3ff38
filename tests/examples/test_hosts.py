"""The template tag and the WordPress plugin."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache
from django.template import Context, Engine

from tests.integrations.receiver import Receiver

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
WORDPRESS = Path(__file__).parent / "wordpress.php"
PLUGIN = EXAMPLES / "wordpress" / "liveblog.php"
needs_php = pytest.mark.skipif(not shutil.which("php"), reason="no PHP here (php-cli)")


@pytest.fixture
def site():
    """A site that answers its fragment with a status."""
    from http.server import BaseHTTPRequestHandler

    receiver = Receiver()
    receiver.status, receiver.asked, receiver.garbage = 200, [], b""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            receiver.asked.append(self.path)
            if receiver.garbage:
                self.wfile.write(receiver.garbage)
                return
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


def run_plugin(*, site, url, modules=True, times=1):
    """Show the shortcode in a PHP with what the plugin needs of WordPress (wordpress.php)."""
    done = subprocess.run(
        ["php", "-d", "display_errors=stderr", WORDPRESS, PLUGIN],
        input=json.dumps({"site": site, "url": url, "modules": modules, "times": times}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    return json.loads(done.stdout)


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


@pytest.mark.parametrize(
    "garbage", [b"no HTTP\r\n", b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nx"]
)
def test_a_site_that_answers_no_whole_http_is_a_link(site, garbage):
    site.garbage = garbage

    assert f'href="{site.base}/live/x/"' in render(f"{site.base}/live/x/")


@needs_php
def test_the_plugin_is_valid_php():
    done = subprocess.run(["php", "-l", PLUGIN], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


@needs_php
def test_the_plugin_shows_the_fragment_and_asks_for_it_once(site):
    output = run_plugin(site=site.base, url=f"{site.base}/live/bridge", times=2)

    assert output["shown"] == ["<live-story>Words</live-story>"] * 2
    assert output["scripts"] == {"liveblog": f"{site.base}/fragment.js"}
    assert site.asked == ["/live/bridge/fragment/"]


@needs_php
def test_the_plugin_attaches_the_script_itself_in_an_older_wordpress(site):
    (shown,) = run_plugin(site=site.base, url=f"{site.base}/live/bridge/", modules=False)["shown"]

    assert shown.endswith(f'<script type="module" src="{site.base}/fragment.js"></script>')


@needs_php
def test_the_plugin_says_that_a_story_was_withdrawn(site):
    site.status = 410

    assert "Words" in run_plugin(site=site.base, url=f"{site.base}/live/bridge/")["shown"][0]


@needs_php
@pytest.mark.parametrize("status", [404, 500])
def test_the_plugin_links_to_a_story_that_is_not_there(site, status):
    site.status = status

    (shown,) = run_plugin(site=site.base, url=f"{site.base}/live/bridge/")["shown"]

    assert shown == f'<p><a href="{site.base}/live/bridge/">{site.base}/live/bridge/</a></p>'


@needs_php
def test_the_plugin_links_where_the_site_is_away():
    away = "http://127.0.0.1:9"

    assert f'href="{away}/live/x/"' in run_plugin(site=away, url=f"{away}/live/x/")["shown"][0]


@needs_php
@pytest.mark.parametrize("named", ["https://live.example.org", None])
def test_the_plugin_asks_only_the_site_that_the_settings_name(site, named):
    output = run_plugin(site=named, url=f"{site.base}/live/bridge/")

    assert (output["shown"], site.asked) == ([""], [])


def test_the_plugin_runs_only_in_wordpress():
    assert "defined( 'ABSPATH' ) || exit;" in PLUGIN.read_text()
