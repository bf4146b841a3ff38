"""What the cache holds: bounded, and no kind of address pushes another out."""

import pytest

from liveblog.live import response_store
from liveblog.live.cached_response import CachedResponse
from liveblog.live.response_store import ResponseStore

pytestmark = pytest.mark.any_database


def make_response():
    headers = [(b"cache-control", b"public, max-age=5"), (b"x-liveblog-story", b"1:e-1")]
    return CachedResponse.make(200, headers, b"x")


@pytest.fixture
def store(monkeypatch):
    size = make_response().size
    monkeypatch.setattr(response_store, "MEMORY", 8 * size)
    monkeypatch.setattr(response_store, "MOST_CHANGES", 3 * size)
    return ResponseStore()


@pytest.mark.parametrize(
    "key", ["/live/a/changes/e-{}", "/live/a/changes/e-1/e-{}", "api 1 e-{} 50"]
)
def test_answers_to_cursors_push_out_no_page(store, key):
    store.put("/live/a/", make_response())
    store.put("/live/b/", make_response())
    store.set_aside("/live/b/")

    for number in range(20):
        store.put(key.format(number), make_response())

    kept = [key.format(number) for number in (17, 18, 19)]
    assert list(store.current) == ["/live/a/", *kept]
    assert list(store.outdated) == ["/live/b/"]
    assert store.size == 5 * make_response().size


def test_the_least_recently_asked_for_goes_first(store):
    for number in range(8):
        store.put(f"/live/{number}/", make_response())
    store.get("/live/0/")

    store.put("/live/8/", make_response())

    assert [key for key in ("/live/0/", "/live/1/", "/live/8/") if store.get(key)] == [
        "/live/0/",
        "/live/8/",
    ]
