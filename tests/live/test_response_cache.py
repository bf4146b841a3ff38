"""Cached responses: the right ones, the same for everyone, and never one that was taken down."""

import gzip
import uuid

import httpx
import pytest

from .test_health import figures, wait_for_two_polls

STORY = "/live/bridge/"


def get(site, path=STORY, **headers):
    return httpx.get(site.url + path, headers=headers)


def test_answers_are_the_same_with_a_cookie_or_a_campaign(newsroom):
    plain = get(newsroom)

    for path, headers in [
        (STORY, {"Cookie": "sessionid=x; csrftoken=y"}),
        (STORY + "?utm_source=x&fbclid=y", {}),
        (STORY + "?order=newest", {}),
        (STORY, {"Accept-Language": "uk", "User-Agent": "x"}),
    ]:
        other = get(newsroom, path, **headers)
        assert (other.content, other.headers["etag"]) == (plain.content, plain.headers["etag"])
    assert "set-cookie" not in plain.headers
    assert plain.headers["vary"].lower() == "accept-encoding"


def test_parameters_that_count_make_other_pages(newsroom):
    newsroom.act("for n in range(3): cast.publish(story, editor, f'Word {n}.')")

    newest, oldest = get(newsroom), get(newsroom, STORY + "?utm_x=1&order=oldest")

    assert newest.text.index("Word 2") < newest.text.index("Word 0")
    assert oldest.text.rindex("Word 0.") < oldest.text.rindex("Word 2.")


def test_a_conditional_request_costs_no_body(newsroom):
    for encoding in ("identity", "gzip"):
        first = get(newsroom, **{"Accept-Encoding": encoding})
        etag = first.headers["etag"]

        for asked in (etag, f"W/{etag}", f'"x", {etag}', "*"):
            again = get(newsroom, **{"Accept-Encoding": encoding, "If-None-Match": asked})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == etag
            assert again.headers["cache-control"] == first.headers["cache-control"]


def test_gzip_is_the_same_page(newsroom):
    with httpx.stream("GET", newsroom.url + STORY, headers={"Accept-Encoding": "gzip"}) as response:
        zipped = b"".join(response.iter_raw())

    assert gzip.decompress(zipped) == get(newsroom, **{"Accept-Encoding": "identity"}).content
    for offers, encoding in [
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("gzip ; q=0.000", None),
        ("br", None),
        ("*;q=0, gzip", "gzip"),
        ("br;q=1, GZIP;q=0.8", "gzip"),
    ]:
        response = get(newsroom, **{"Accept-Encoding": offers})
        assert response.headers.get("content-encoding") == encoding, offers


def test_head_tells_what_get_would(newsroom):
    got, head = get(newsroom), httpx.head(newsroom.url + STORY)

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]


def test_a_publication_and_a_takedown_show_at_once(newsroom):
    addresses = [STORY, "/", "/live/bridge/changes/0", "/corrections/"]
    for path in addresses:
        get(newsroom, path)

    newsroom.act("print(cast.publish(story, editor, 'Marker words.').pk)")
    assert all("Marker words" in wait_for(newsroom, path, "Marker words") for path in addresses[:3])
    newsroom.act(
        "publishing.retract(story.updates.get(headline='Marker words'), by=editor, note='Wrong.')"
    )

    for path in addresses:
        assert "Marker words" not in wait_for(newsroom, path, "Marker words", present=False)


def wait_for(site, path, words, *, present=True, seconds=4):
    """Fetch until the words are there, or gone: 3 s at most by the contract."""
    import time

    until = time.monotonic() + seconds
    while (words in (text := get(site, path).text)) != present and time.monotonic() < until:
        time.sleep(0.05)
    return text


def test_nothing_new_is_a_short_answer(newsroom):
    cursor = get(newsroom, "/live/bridge/changes/0").json()["cursor"]

    response = get(newsroom, f"/live/bridge/changes/{cursor}")

    assert response.json() == {
        "story": "bridge",
        "cursor": cursor,
        "more": False,
        "reload": False,
        "status": "live",
        "changes": [],
    }
    assert len(response.content) <= 300


def test_a_cursor_that_is_not_known_yet_is_asked_for_in_a_second(site):
    cursor = get(site, "/live/ukraine-kursk/changes/0").json()["cursor"]

    response = get(site, f"/live/ukraine-kursk/changes/{cursor}/{cursor}9")

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "cursor", ["rubbish", "-1", "abc-99999999999", "%00", "a/b", "x" * 3000, "..%2f", "0x0"]
)
def test_a_rubbish_cursor_makes_reload(site, cursor):
    response = get(site, f"/live/ukraine-kursk/changes/{cursor}")

    assert response.status_code == 200
    assert response.json()["reload"] is True
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/?x=%00",
        "/live/ukraine-kursk/?before=%ff&before=1",
        "/live/ukraine-kursk/?" + "a=1&" * 2000,
    ],
)
def test_odd_queries_are_answered(site, path):
    assert get(site, path).status_code == 200


def test_other_methods_and_hosts_are_refused(site):
    refused = httpx.post(site.url + "/live/ukraine-kursk/")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
    assert get(site, "/", Host="evil.example").status_code == 400
    assert get(site, "/live/ukraine-kursk/stream", Host="evil.example").status_code == 400


@pytest.mark.parametrize("host", ["LOCALHOST", "localhost.", "[::1]", "127.0.0.1:1"])
def test_a_host_is_ours_however_it_is_written(site, host):
    page = get(site, "/live/ukraine-kursk/", Host=host)

    assert page.headers["etag"] == get(site, "/live/ukraine-kursk/").headers["etag"]
    assert httpx.head(f"{site.url}/live/ukraine-kursk/stream", headers={"Host": host}).is_success


@pytest.mark.parametrize("host", ["127.0.0.1:evil", "127.0.0.1:80/@evil", "a@127.0.0.1", "*"])
def test_a_rubbish_host_is_refused_though_the_response_is_cached(site, host):
    get(site, "/live/ukraine-kursk/")

    for path in ("/live/ukraine-kursk/", "/live/ukraine-kursk/stream", "/search"):
        assert get(site, path, Host=host).status_code == 400


def test_what_visitors_vary_at_will_makes_no_entry(newsroom):
    newsroom.act("cast.publish(story, editor, 'Word.')")
    page = get(newsroom)
    wait_for_two_polls(newsroom)
    get(newsroom)
    before = figures(newsroom)

    for number in range(10):
        unknown = get(newsroom, f"{STORY}?before={uuid.uuid4()}")
        assert unknown.content == page.content
        assert unknown.headers["cache-control"] == "private, max-age=5"
        for path in (
            f"/oembed?url={newsroom.url}{STORY}&maxwidth={300 + number}",
            f"{STORY}?order=sideways{number}",
            f"/live/nothing-{number}",
            f"/live/nothing-{number}/",
            f"/sitemap-{'0' * number}1.xml",
            f"{STORY}changes/{'0' * number}0",
        ):
            get(newsroom, path)
    after = figures(newsroom)

    kept = after["liveblog_cached_responses"] - before["liveblog_cached_responses"]
    assert kept == 2  # sitemap-1.xml is none of this site's; changes/0 is one, and the page itself
    rendered = "liveblog_responses_rendered_total"
    assert after[rendered] - before[rendered] <= 10 * 4


def test_a_place_is_one_entry_however_its_id_is_written(newsroom):
    id = newsroom.act(
        "one = cast.publish(story, editor, 'One.'); cast.publish(story, editor, 'Two.')\n"
        "print(story.updates.get(headline='Two').pk)"
    ).strip()
    wait_for_two_polls(newsroom)
    before = figures(newsroom)["liveblog_cached_responses"]

    pages = {
        get(newsroom, f"{STORY}?before={spelled}&x={number}").content
        for number, spelled in enumerate([id, id.upper(), id.replace("-", ""), f"{{{id}}}"])
    }

    assert len(pages) == 1
    assert figures(newsroom)["liveblog_cached_responses"] - before == 1


def test_an_old_address_leads_on_from_memory(newsroom):
    newsroom.act("""
from dataclasses import replace
content = publishing.StoryContent.of(story)
publishing.edit_story(story, replace(content, slug="tunnel"), by=editor)
""")
    wait_for_two_polls(newsroom)
    first = get(newsroom)
    rendered = figures(newsroom)["liveblog_responses_rendered_total"]

    again = get(newsroom)

    assert (first.status_code, first.headers["location"]) == (301, "/live/tunnel/")
    assert (again.status_code, again.headers["location"]) == (301, "/live/tunnel/")
    assert figures(newsroom)["liveblog_responses_rendered_total"] == rendered
