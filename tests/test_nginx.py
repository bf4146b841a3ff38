"""`deploy/nginx.conf`, in a real nginx before a real server."""

import time

import httpx
import pytest

from tests import tools
from tests.nginx import Nginx
from tests.sse import Subscriber

STORY = "/live/ukraine-kursk/"
pytestmark = pytest.mark.any_database


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
        told = get(edge, STORY, **{"Accept-Encoding": accepted})
        assert told.headers["x-cache"] == expected, accepted
        assert ("content-encoding" in told.headers) == ("q=0" != accepted[-3:] != "ity")


def test_a_reader_who_has_it_gets_no_body(edge):
    etag = get(edge, STORY).headers["etag"]

    told = get(edge, STORY, **{"If-None-Match": etag})

    assert (told.status_code, told.content) == (304, b"")


def test_editors_are_not_kept(edge):
    for _ in range(2):
        told = get(edge, "/admin/login/")
        assert "x-cache" not in told.headers
        assert "csrftoken" in told.headers["set-cookie"]


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


def test_pictures_are_asked_for_at_the_origin(make_edge):
    """It knows whether readers see them still."""
    assert get(make_edge(1), "/media/pictures/a.webp").status_code == 503


def test_an_origin_that_is_away_is_told_plainly(make_edge):
    told = get(make_edge(1), STORY)

    assert (told.status_code, told.headers["retry-after"]) == (503, "10")
    assert told.text == "The site is away. Come back in a moment.\n"


def test_operators_addresses_end_at_the_edge(edge):
    assert [get(edge, f"/{name}").status_code for name in ("healthz", "metrics")] == [404, 404]
