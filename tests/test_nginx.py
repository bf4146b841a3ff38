"""`deploy/nginx.conf`, in a real nginx before a real server."""

import gzip
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests import tools
from tests.live.test_health import figures
from tests.nginx import Nginx
from tests.sse import Subscriber

STORY = "/live/ukraine-kursk/"
pytestmark = [pytest.mark.any_database, pytest.mark.server]


@pytest.fixture
def make_edge(tmp_path_factory):
    """Start nginx before a port: `make_edge(port)`."""
    if tools.find_nginx() is None:
        tools.note_absence(tools.NO_NGINX)
        pytest.skip(tools.NO_NGINX)
    started = []

    def make_edge(port, **paths) -> Nginx:
        edge = Nginx(tmp_path_factory.mktemp("edge"), port, **paths)
        assert "test is successful" in edge.check()
        started.append(edge.__enter__())
        return edge

    yield make_edge
    for edge in started:
        edge.__exit__()


@pytest.fixture
def edge(make_edge, site):
    return make_edge(site.port)


def get(edge, path, **headers):
    return httpx.get(edge.url + path, headers=headers)


def test_a_campaign_is_the_same_entry(edge):
    first = get(edge, STORY)

    again = get(edge, STORY + "?utm_source=x&fbclid=y")

    assert (first.status_code, first.headers["x-cache"]) == (200, "MISS")
    assert again.headers["x-cache"] == "HIT"
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "host"),
    [
        (STORY, "LOCALHOST"),
        (STORY, "localhost."),
        (STORY, "localhost:80"),
        (STORY + "?order=sideways", "localhost"),
        (STORY + "?maxwidth=300&x", "localhost"),
    ],
)
def test_a_spelling_is_the_same_entry(edge, path, host):
    first = get(edge, STORY, Host="localhost")

    again = get(edge, path, Host=host)

    assert again.headers["x-cache"] == "HIT"
    assert again.content == first.content


@pytest.mark.parametrize(
    "path",
    [
        "/live//ukraine-kursk/",
        "/live/%75kraine-kursk/",
        "/live/./ukraine-kursk/",
        STORY + "?before=" + "F" * 32,
        STORY + "?before=ffffffff-ffff-4fff-8fff-ffffffffffff",
    ],
)
def test_what_anybody_can_vary_makes_no_entry(edge, path):
    statuses = set()
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", edge.port), timeout=10) as line:
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            line.sendall(head.encode())
            answer = line.makefile("rb").read()
        statuses |= set(re.findall(rb"(?i)x-cache: (\w+)", answer))

    assert statuses <= {b"BYPASS", b"MISS"}


def test_a_foreign_host_is_given_nothing_that_is_cached(edge):
    get(edge, STORY)

    assert get(edge, STORY, Host="evil.example").status_code == 400


def test_parameters_that_count_reach_the_origin(edge):
    newest, oldest = get(edge, STORY), get(edge, STORY + "?utm_x=1&order=oldest")

    assert oldest.headers["x-cache"] == "MISS"
    assert 'data-order="newest"' in newest.text
    assert 'data-order="oldest"' in oldest.text


def test_browsers_of_many_encodings_share_two_entries(edge):
    for accepted, expected in [
        ("gzip, deflate, br, zstd", "MISS"),
        ("gzip;q=0.8, br", "HIT"),
        ("identity", "MISS"),
        ("gzip;q=0", "HIT"),
    ]:
        response = get(edge, STORY, **{"Accept-Encoding": accepted})
        assert response.headers["x-cache"] == expected, accepted
        assert ("content-encoding" in response.headers) == ("q=0" != accepted[-3:] != "ity")


def test_a_reader_who_has_it_gets_no_body(edge):
    etag = get(edge, STORY).headers["etag"]

    response = get(edge, STORY, **{"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_editors_are_not_kept(edge):
    for _ in range(2):
        response = get(edge, "/admin/login/")
        assert "x-cache" not in response.headers
        assert "csrftoken" in response.headers["set-cookie"]


@pytest.mark.alone
def test_a_stream_passes_as_it_comes(edge):
    begun = time.monotonic()
    reader = Subscriber(f"{edge.url}{STORY}stream?after=0")

    reader.wait_for("change", 6)

    assert time.monotonic() - begun < 2


def test_files_are_served_without_the_origin(make_edge, tmp_path):
    (tmp_path / "a.css").write_text("p {}")
    edge = make_edge(1, static=f"{tmp_path}/")

    style = get(edge, "/static/a.css")

    assert (style.text, style.headers["x-content-type-options"]) == ("p {}", "nosniff")
    assert style.headers.get_list("cache-control") == ["public, max-age=3600"]
    assert "camera=()" in style.headers["permissions-policy"]


def test_a_file_that_is_not_there_is_refused_as_safely(make_edge, tmp_path):
    absent = get(make_edge(1, static=f"{tmp_path}/"), "/static/b.css")

    assert absent.status_code == 404
    for name in ("content-security-policy", "permissions-policy", "x-content-type-options"):
        assert name in absent.headers, name


def test_files_named_by_their_content_are_kept_for_good(make_edge, tmp_path):
    (tmp_path / "a.0123456789ab.css").write_text("p {}")
    (tmp_path / "a.0123456789ab.css.gz").write_bytes(gzip.compress(b"p {}"))
    edge = make_edge(1, static=f"{tmp_path}/")

    zipped = get(edge, "/static/a.0123456789ab.css")
    plain = get(edge, "/static/a.0123456789ab.css", **{"Accept-Encoding": "identity"})

    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.text == plain.text == "p {}"
    for each in (zipped, plain):
        policy = ["public, max-age=31536000, immutable"]
        assert each.headers.get_list("cache-control") == policy
        assert each.headers["vary"] == "Accept-Encoding"


def test_pictures_are_asked_for_at_the_origin(make_edge):
    """It knows whether readers see them still."""
    assert get(make_edge(1), "/media/pictures/a.webp").status_code == 503


def test_an_origin_that_is_away_is_told_plainly(make_edge):
    response = get(make_edge(1), STORY)

    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert response.text == "The site is away. Come back in a moment.\n"


class ShortLived(BaseHTTPRequestHandler):
    """Pages that stay fresh for 1 s, and may be shown for 3 s more where nobody answers."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Cache-Control", "public, max-age=1, stale-if-error=3")
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"words")

    def log_message(self, *_):
        pass


def test_what_is_cached_is_served_while_the_origin_is_dead_and_no_longer(make_edge):
    """By the response's own header: a longer time here would outlast a takedown."""
    origin = ThreadingHTTPServer(("127.0.0.1", 0), ShortLived)
    threading.Thread(target=origin.serve_forever, daemon=True).start()
    edge = make_edge(origin.server_port)
    begun = time.monotonic()
    assert get(edge, "/").text == "words"
    origin.shutdown()
    origin.server_close()

    time.sleep(max(0, begun + 2.5 - time.monotonic()))
    during, cold = get(edge, "/"), get(edge, "/topics/")
    time.sleep(max(0, begun + 6 - time.monotonic()))
    after = get(edge, "/")

    assert (during.status_code, during.text, during.headers["x-cache"]) == (200, "words", "STALE")
    assert (cold.status_code, cold.headers["retry-after"]) == (503, "10")
    assert after.status_code == 503


def test_one_address_can_ask_for_so_much_at_once(make_edge, site):
    edge = make_edge(site.port, has_limits=True)
    with ThreadPoolExecutor(50) as pool, httpx.Client(base_url=edge.url, timeout=30) as client:
        pages = [each.status_code for each in pool.map(client.get, [STORY] * 300)]
        questions = [each.status_code for each in pool.map(client.get, ["/oembed?url=x"] * 300)]

    assert set(pages) == {200}
    assert set(questions) == {404, 429}
    assert questions.count(404) >= 50


ASKERS = {
    "one /64 of IPv6": ("2001:db8::{:x}", True),
    "many networks of IPv6": ("2001:db8:0:{:x}::1", False),
    "many addresses of IPv4": ("198.51.100.{}", False),
    "as many in the form of IPv6": ("::ffff:198.51.100.{}", False),
}


@pytest.mark.parametrize("asker", ASKERS)
def test_one_customer_of_ipv6_counts_as_one_whatever_address_they_take(make_edge, asker):
    address, is_one = ASKERS[asker]
    with httpx.Client(base_url=make_edge(1, has_limits=True).url) as client:
        headers = [{"X-Forwarded-For": address.format(number)} for number in range(100)]
        answers = [client.get("/oembed", headers=each).status_code for each in headers]

    assert (429 in answers) == is_one
    assert answers[0] == 503  # nobody is behind it here


def test_a_slow_body_does_not_reach_the_origin(make_edge, site):
    edge = make_edge(site.port)
    head = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\nx"
    with socket.create_connection(("127.0.0.1", edge.port), timeout=10) as line:
        line.sendall(head.encode())
        time.sleep(0.3)
        assert figures(site)["liveblog_request_body_bytes"] == 0
        assert get(edge, STORY).status_code == 200


def test_programs_parameters_reach_the_origin(make_edge):
    """What counts there is another list than the pages'."""
    asked = "GET /api/v1/stories?after=a-1&limit=5 HTTP/1.1"
    with socket.create_server(("127.0.0.1", 0)) as origin:
        edge = make_edge(origin.getsockname()[1])
        with socket.create_connection(("127.0.0.1", edge.port), timeout=10) as line:
            line.sendall(f"{asked}\r\nHost: localhost\r\n\r\n".encode())
            passed_on, _ = origin.accept()
            with passed_on:
                assert passed_on.recv(4096).startswith(asked.encode())


def test_operators_addresses_end_at_the_edge(edge):
    assert [get(edge, f"/{name}").status_code for name in ("healthz", "metrics")] == [404, 404]
