"""Which addresses are videos and posts, and which only look so."""

import pytest

from liveblog.external_media import find_external_media

pytestmark = pytest.mark.any_database

VIDEO = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("address", "provider", "id"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}", "youtube", VIDEO),
        (f"http://youtube.com/watch?app=desktop&v={VIDEO}&t=42s#x", "youtube", VIDEO),
        (f"https://m.youtube.com/shorts/{VIDEO}?si=a_b", "youtube", VIDEO),
        (f"https://www.youtube.com/live/{VIDEO}", "youtube", VIDEO),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}", "youtube", VIDEO),
        (f"https://youtu.be/{VIDEO}?t=3", "youtube", VIDEO),
        (f"https://WWW.YouTube.com/watch?v={VIDEO}", "youtube", VIDEO),
        ("https://vimeo.com/76979871", "vimeo", "76979871"),
        ("https://vimeo.com/76979871/8272103f6e", "vimeo", "76979871/8272103f6e"),
        ("https://vimeo.com/channels/staffpicks/76979871", "vimeo", "76979871"),
        ("https://player.vimeo.com/video/76979871", "vimeo", "76979871"),
        ("https://x.com/AP/status/1849742345678901234?s=20", "x", "1849742345678901234"),
        ("https://twitter.com/AP/status/20", "x", "20"),
        ("https://mobile.twitter.com/i/web/status/20/", "x", "20"),
        (
            "https://bsky.app/profile/apnews.com/post/3l7d2k4xq5c2a",
            "bluesky",
            "apnews.com/3l7d2k4xq5c2a",
        ),
        (
            "https://bsky.app/profile/did:plc:z72i7hdynmk6/post/3l7d2k4xq5c2a",
            "bluesky",
            "did:plc:z72i7hdynmk6/3l7d2k4xq5c2a",
        ),
        (
            "https://mastodon.social/@Gargron/113301234567890123",
            "mastodon",
            "mastodon.social/@Gargron/113301234567890123",
        ),
        (
            "https://social.example.org/@ana@other.example/113301",
            "mastodon",
            "social.example.org/@ana@other.example/113301",
        ),
        ("https://t.me/V_Zelenskiy_official/12345", "telegram", "V_Zelenskiy_official/12345"),
        ("https://t.me/s/rybar/65?single", "telegram", "rybar/65"),
    ],
)
def test_known_shapes(address, provider, id):
    found = find_external_media(address)

    assert (found.provider, found.id, found.address) == (provider, id, address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "youtu.be/dQw4w9WgXcQ",
        f"javascript:alert(1)//www.youtube.com/watch?v={VIDEO}",
        f"javascript://www.youtube.com/watch?v={VIDEO}",
        f"data:text/html,https://youtu.be/{VIDEO}",
        f"//youtu.be/{VIDEO}",
        f"ftp://youtu.be/{VIDEO}",
        f"https://youtube.com.evil.example/watch?v={VIDEO}",
        f"https://evilyoutube.com/watch?v={VIDEO}",
        f"https://evil.example/watch?v={VIDEO}",
        f"https://youtube.com@evil.example/watch?v={VIDEO}",
        f"https://evil.example@youtube.com/watch?v={VIDEO}",
        f"https://youtube.com:8443/watch?v={VIDEO}",
        f"https://youtube.com:x/watch?v={VIDEO}",
        f"https://youtube.com./watch?v={VIDEO}",
        f"https://evil.example\\.youtube.com/watch?v={VIDEO}",
        f"https://evil.example/https://youtube.com/watch?v={VIDEO}",
        f"https://evil.example?https://youtu.be/{VIDEO}",
        f"https://y\N{CYRILLIC SMALL LETTER O}utube.com/watch?v={VIDEO}",
        f"https://[youtube.com/watch?v={VIDEO}",
        f" https://youtu.be/{VIDEO}",
        f"https://youtu.be/{VIDEO}\n",
        f"https://youtu.be/{VIDEO} and more",
        "https://youtu.be/short",
        "https://youtu.be/dQw4w9WgXc%22",
        'https://youtu.be/dQw4w9WgX"><',
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload",
        f"https://www.youtube.com/redirect?q=x&v={VIDEO}",
        f"https://www.youtube.com/embed/{VIDEO}/../x",
        "https://www.youtube.com/@channel/12345678",
        "https://vimeo.com/76979871/../x",
        "https://vimeo.com/about",
        "https://x.com/AP",
        "https://x.com/AP/status/20/photo/1x",
        "https://x.com/AP/status/\N{ARABIC-INDIC DIGIT ONE}",
        "https://bsky.app/profile/ap/post/<script>",
        "https://t.me/joinchat/AAAA",
        "https://t.me/c/123/45",
        "https://medium.com/@ana/a-story-12345",
        "https://localhost/@ana/113301234567",
        "https://10.0.0.1/@ana/113301234567",
        "https://mastodon.social/@ana/113301234567/embed",
        f"https://youtu.be/{VIDEO}?" + "x" * 600,
    ],
)
def test_everything_else_is_a_link(address):
    assert find_external_media(address) is None
