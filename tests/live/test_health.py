"""What operators ask: alive, ready, and the figures."""

import time

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.sse import Subscriber

BY_ADDRESS = {"Host": "10.1.2.3:8000"}


def figures(site, **headers) -> dict:
    """Return each figure of a site by its name, with its labels where it has some."""
    response = httpx.get(f"{site.url}/metrics", headers=headers)
    return {
        " ".join([each.name, *each.labels.values()]): each.value
        for family in text_string_to_metric_families(response.raise_for_status().text)
        for each in family.samples
    }


def wait_until_ready(site, *, ready=True, seconds=8.0) -> dict:
    """Ask until the site is ready, or is not; returns the answer."""
    until = time.monotonic() + seconds
    while True:
        response = httpx.get(f"{site.url}/readyz", headers=BY_ADDRESS)
        if (response.status_code == 200) == ready or time.monotonic() > until:
            assert (response.status_code == 200) == ready, response.text
            return response.json()
        time.sleep(0.05)


def wait_for_two_polls(site, seconds=60) -> None:
    """Wait until a poll has begun after what was written last: it may outdate responses."""
    seen = figures(site)["liveblog_polls_total"] + 2
    until = time.monotonic() + seconds
    while figures(site)["liveblog_polls_total"] < seen:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_alive_and_ready_are_told_at_any_host(site):
    assert wait_until_ready(site) == {"ready": True, "reason": None, "reasons": []}

    for path in ("/healthz", "/readyz"):
        response = httpx.get(site.url + path, headers=BY_ADDRESS)
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        head = httpx.head(site.url + path)
        assert (head.status_code, head.content) == (200, b"")
        refused = httpx.post(site.url + path)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


def test_figures_count_readers_and_answers(newsroom):
    readers = [Subscriber(f"{newsroom.url}/live/bridge/stream") for _ in range(3)]
    wait_for_two_polls(newsroom)
    before = figures(newsroom)
    for _ in range(4):
        httpx.get(f"{newsroom.url}/live/bridge/")
    after = figures(newsroom)

    assert after["liveblog_streams live"] == len(readers)
    assert after["liveblog_stories_followed"] == 1
    rendered, ready = "liveblog_responses_rendered_total", "liveblog_responses_from_cache_total"
    assert after[rendered] - before[rendered] == 1
    assert after[ready] - before[ready] == 3
    assert after["liveblog_cached_responses"] >= 1
    assert after["liveblog_cached_response_bytes"] > 1000
    assert 0 <= after["liveblog_poll_age_seconds"] < 10
    assert after["process_resident_memory_bytes"] > 10 * 2**20
    assert after["process_open_fds"] > 3


def test_figures_tell_rates_delays_and_queues(newsroom):
    reader = Subscriber(f"{newsroom.url}/live/bridge/stream")
    wait_for_two_polls(newsroom)
    before = figures(newsroom)
    httpx.get(f"{newsroom.url}/search?q=bridge")
    httpx.get(f"{newsroom.url}/admin/")
    newsroom.act("cast.publish(story, editor, 'News.')")
    reader.wait_for("change")
    after = figures(newsroom)

    def more(name):
        return after[name] - before.get(name, 0)

    assert more("liveblog_request_seconds_count questions") == 1
    assert more("liveblog_responses_total questions 2xx") == 1
    assert more("liveblog_responses_total editors 3xx") == 1
    assert more("liveblog_delivery_seconds_count") >= 1
    assert after["liveblog_stream_queue_bytes longest"] == 0
    if newsroom.environment["DATABASE_URL"].startswith("postgresql"):
        assert after["liveblog_database_pool open"] >= 1
        assert after["liveblog_database_pool waited_for"] == 0


def test_figures_come_as_prometheus_reads_them(site):
    response = httpx.get(f"{site.url}/metrics")

    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_figures_are_not_for_the_world(site, header):
    response = httpx.get(f"{site.url}/metrics", headers={header: "127.0.0.1"})

    assert response.status_code == 401
    assert "liveblog_" not in response.text


def test_figures_are_for_whoever_shows_the_token(make_site):
    site = make_site(METRICS_TOKEN="a-long-text")

    for shown in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "a-long-text"}):
        assert httpx.get(f"{site.url}/metrics", headers=shown).status_code == 401
    forwarded = {"X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer a-long-text"}
    assert "liveblog_streams live" in figures(site, **forwarded)


def test_a_server_before_its_migrations_is_not_ready(make_site):
    site = make_site()
    site.manage("migrate", "liveblog", "0002", "--verbosity", "0")
    site.stop()
    site.start()

    response = wait_until_ready(site, ready=False)
    site.manage("migrate", "--verbosity", "0")

    assert response["reason"] == "migrations"
    assert "The database waits for its migrations." in response["reasons"]
    wait_until_ready(site)
