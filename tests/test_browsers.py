"""Browsers' own names for themselves, in plain words."""

import pytest

from liveblog.browsers import describe

pytestmark = pytest.mark.any_database

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS[:-1]}; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 Edg/130.0.0.0", "Edge on Windows"),
        (
            f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605",
            "Safari on Mac",
        ),
        (f"{IPHONE} AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
        (f"{IPHONE} AppleWebKit/605.1.15 CriOS/130.0 Mobile Safari/604.1", "Chrome on iPhone"),
        (f"{ANDROID} {CHROME} Mobile Safari/537.36", "Chrome on Android"),
        (
            f"{ANDROID} SamsungBrowser/26.0 Chrome/122.0 Mobile Safari",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/130.0.0.0 Safari/537",
            "Chrome on ChromeOS",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Firefox/132.0", "Firefox on Linux"),
        ("curl/8.5.0", "another program"),
        ("Linux", "Linux"),
        ("<script>", "another program"),
    ],
)
def test_a_user_agent_is_put_into_words(user_agent, words):
    assert describe(user_agent) == words
