"""What editors type, paste and attack with, and what is stored of it."""

import re
import time
from html import unescape

import pytest
from hypothesis import example, given

from liveblog.richtext import (
    CleanHTML,
    clean,
    enrich,
    from_plain_text,
    pictures_in,
    to_plain_text,
)

from .soup import PICTURE, anything, breaches, marked_up, text_in

pytestmark = pytest.mark.any_database

IMAGE = f'<img alt="" data-picture="{PICTURE}" src="/admin/liveblog/picture/{PICTURE}/image/">'


@given(anything)
@example("<p>a</p>b<ul>c<li>d<p>e</ul></p>f")
@example("<b><p>one<p>two</b>three")
@example("a<br><br>b<br>")
@example("<a href='https://a.org'>x<a href='https://b.org'>y</a></a>")
def test_cleaning_twice_changes_nothing(soup):
    once = str(clean(soup))

    assert str(clean(once)) == once


@given(anything)
@example("<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>")
@example("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1>'>")
@example("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")
def test_stored_text_keeps_to_its_grammar(soup):
    assert breaches(clean(soup)) == []


@given(anything)
def test_text_has_the_three_entities_alone(soup):
    text = re.sub(r"<[^>]*>", "", clean(soup))

    assert set(re.findall(r"&[^;\s]*;?", text)) <= {"&amp;", "&lt;", "&gt;"}
    assert not set("<>") & set(text)


@given(marked_up)
@example(["<tr>", "Kursk", "<td>", "Kursk"])
def test_no_word_is_lost_or_moved(parts):
    words = [unescape(each) for each in parts if not each.startswith("<")]
    signs_between_cells = str.maketrans("", "", "|")  # which a row of a table is given

    text = text_in(clean("".join(parts))).translate(signs_between_cells)

    assert text == "".join("".join(words).split()).translate(signs_between_cells)


@given(anything)
def test_no_paragraph_is_empty(soup):
    blocks = re.findall(r"<p>(.*?)</p>", clean(soup))

    assert all(block.strip() for block in blocks)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<<script>script>alert(1)</script>",
        "<style>@import '//evil.example'</style>",
        "<style><img src='</style><img src=x onerror=alert(1)>'></style>",
        "<iframe src='https://evil.example'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<object data='data:text/html,<script>alert(1)</script>'></object>",
        "<embed src='javascript:alert(1)'>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href='javascript:alert(1)'>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<math><mtext><table><mglyph><style><!--</style><img src=1 onerror=alert(1)>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
        "<title><img title='</title><img src=x onerror=alert(1)>'>",
        "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
        "<template><script>alert(1)</script></template>",
        "<img src=x onerror=alert(1)>",
        "<img src='javascript:alert(1)'>",
        "<img src=x:alert(alt) onerror=eval(src) alt=xss>",
        f"<img data-picture='{PICTURE}' src=x onerror=alert(1) srcset=x style='x'>",
        f"<img data-picture='{PICTURE}&quot; onerror=&quot;alert(1)'>",
        "<p onclick=alert(1) onmouseover='alert(1)' style='position:fixed;inset:0'>word</p>",
        "<p id=x class=y data-x=z contenteditable tabindex=1>word</p>",
        "<a href='https://a.org' onclick=alert(1) target=_blank rel=opener ping=//e.org>word</a>",
        "<form action='//evil.example'><input name=x><button formaction='javascript:1'>",
        "<base href='//evil.example'>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<link rel=stylesheet href='//evil.example'>",
        "<video src=x onerror=alert(1)><audio src=x onerror=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<marquee onstart=alert(1)>",
        "<isindex type=image src=1 onerror=alert(1)>",
        "<plaintext><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version='1.0'?><script>alert(1)</script>",
        "<p/onload=alert(1)//<b",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    ],
)
def test_hostile_html_comes_out_harmless(html):
    cleaned = clean(f"<p>before</p>{html}")

    assert breaches(cleaned) == []
    assert cleaned.startswith("<p>before</p>")
    assert "<script" not in cleaned.lower()


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java&#10;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A&#x61&#x76&#x61script:alert(1)",
        "javascript&colon;alert(1)",
        "\x01javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "https:\\\\evil.example",
        "https:evil.example",
        "https://",
        "/relative/path",
        "relative.html",
        "#fragment",
        "?query",
        "",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "about:blank",
        "feed:javascript:alert(1)",
        "http://[",
        "mailto:",
    ],
)
def test_a_link_that_leads_nowhere_good_leaves_its_words(href):
    assert clean(f'<p>see <a href="{href}">this page</a> now</p>') == "<p>see this page now</p>"


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a?b=1&amp;c=%C3%A9#d",
        "http://example.org",
        "https://пример.example/",
        "mailto:desk@example.org",
        "tel:+34600000000",
    ],
)
def test_a_good_link_stays_as_it_is(href):
    html = f'<p><a href="{href}">this</a></p>'

    assert clean(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("", ""),
        ("   \n ", ""),
        ("<p></p><p> </p><p>&nbsp;</p><p><br></p>", ""),
        ("one", "<p>one</p>"),
        ("one\n\ntwo", "<p>one two</p>"),
        ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
        ("<p>one<br>two</p>", "<p>one<br>two</p>"),
        ("<p>one<br><br>two</p>", "<p>one</p><p>two</p>"),
        ("<h2>Title</h2>text", "<p><strong>Title</strong></p><p>text</p>"),
        ("<b>a</b><i>b</i>", "<p><strong>a</strong><em>b</em></p>"),
        ("<strong>a <em>b</em></strong>", "<p><strong>a <em>b</em></strong></p>"),
        ("<b>one <p>two", "<p><strong>one</strong></p><p><strong>two</strong></p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a</ul>", "<ul><li>a</li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        (
            "<ol><li>a<ul><li>b</ul><li>c</ol>",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<p>a | b</p><p>c</p>"),
        (
            "<table><caption>Seats</caption><tr><th><p>Party</p></th><th>2024</th></tr>"
            "<tr><td><p>Left</p><p>and Green</p></td><td> 1,214<br></td></tr>"
            "<tr><td>Right</td><td></td><td><b>3</b></td><td> </td></tr><tr><td></td></tr></table>",
            "<p>Seats</p><p>Party | 2024</p><p>Left and Green | 1,214</p>"
            "<p>Right | | <strong>3</strong></p>",
        ),
        (
            "<table><tr><td><p>one</p><p>two</p></td></tr><tr><td><table><tr><td>a</td>"
            "<td><ul><li>b</li></ul></td></tr></table></td><td>beside</td></tr></table>",
            "<p>one</p><p>two</p><p>a | b</p><p>beside</p>",
        ),
        ("a &amp; b &lt; c &copy; &eacute; &#8217;", "<p>a &amp; b &lt; c © é ’</p>"),
        ("\"quoted\" 'text'", "<p>\"quoted\" 'text'</p>"),
        ("a\u00a0b&nbsp;c", "<p>a\u00a0b\u00a0c</p>"),
        ("<u>under</u> 10<sup>2</sup>", "<p>under 10<sup>2</sup></p>"),
        (f"<p>a <img data-picture='{PICTURE.upper()}'> b</p>", f"<p>a</p><p>{IMAGE}</p><p>b</p>"),
        ("<img src='https://example.org/x.png' alt='x'>", ""),
        ("<script>x</script><p>after</p>", "<p>after</p>"),
    ],
)
def test_html_becomes_the_stored_text(html, cleaned):
    assert clean(html) == cleaned


WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style><!-- /* Font Definitions */ @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;}
--></style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b><span lang=EN-GB style='font-size:14.0pt;mso-fareast-font-family:"X"'>Sudzha
</span></b><span style='mso-spacerun:yes'>&nbsp;</span>is quiet.<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span>
<![endif]>One bridge</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Says <a href="https://example.org/a"><span style='color:blue'>the
ministry</span></a>.</p><!--EndFragment--></body></html>"""

GOOGLE_DOCS = """
<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"
style="line-height:1.38;margin-top:0pt;"><span style="font-size:11pt;font-weight:700;"
>Sudzha</span><span style="font-weight:400;white-space:pre-wrap;"> is </span><span
style="font-weight:400;font-style:italic;">quiet</span>.</p><br /><ul style="margin-top:0;">
<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One bridge</span></p></li>
<li dir="ltr"><p dir="ltr"><span>Two roads</span></p></li></ul></b><br class="Apple-interchange">"""

WEB_PAGE = """
<meta charset='utf-8'><div class="article__body" data-track="x"><figure><img
src="https://cdn.example/1.jpg" alt="A bridge"><figcaption>The bridge. <cite>AP</cite></figcaption>
</figure><h3 id="h">Sudzha</h3><p class="p">Quiet, says <a href="https://example.org/a?utm=1"
target="_blank" rel="noopener" class="link">the ministry</a>.</p><aside><script>ad()</script>
<iframe src="https://ads.example"></iframe></aside><blockquote class="tw"><p>All calm</p>&mdash;
Ministry</blockquote><script async src="https://platform.example/widgets.js"></script></div>"""


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (
            WORD,
            "<p><strong>Sudzha</strong> \u00a0is quiet.</p>"
            "<p>·\u00a0\u00a0 One bridge</p>"
            '<p>Says <a href="https://example.org/a">the ministry</a>.</p>',
        ),
        (
            GOOGLE_DOCS,
            "<p><strong>Sudzha</strong> is <em>quiet</em>.</p>"
            "<ul><li>One bridge</li><li>Two roads</li></ul>",
        ),
        (
            WEB_PAGE,
            "<p>The bridge. AP</p><p><strong>Sudzha</strong></p>"
            '<p>Quiet, says <a href="https://example.org/a?utm=1">the ministry</a>.</p>'
            "<blockquote><p>All calm</p><p>— Ministry</p></blockquote>",
        ),
    ],
    ids=["Word", "Google Docs", "a web page"],
)
def test_pasted_text_comes_out_clean(pasted, cleaned):
    assert clean(pasted) == cleaned


@pytest.mark.parametrize("tags", ["<blockquote><ul><li>", "<b><p>", "<div></span>", "<svg><tr>"])
def test_deep_nesting_ends_in_time_and_keeps_its_words(tags):
    """Unbounded, the first of these takes more than two minutes."""
    began = time.monotonic()
    cleaned = clean(f"before {tags * 20_000} deep <p>after</p>")

    assert time.monotonic() - began < 10
    assert breaches(cleaned) == []
    assert cleaned.startswith("<p>before")


def test_what_is_as_deep_as_people_write_stays():
    deep = "<ul><li>" * 12 + "deep" + "</li></ul>" * 12

    assert clean(deep) == deep


def test_clean_text_is_not_cleaned_again():
    text = clean("<p>one</p>")

    assert clean(text) is text
    assert type(text) is CleanHTML


def test_readers_links_say_noopener():
    text = clean('<a href="https://example.org">x</a> &lt;a href="y"')

    assert enrich(text) == (
        '<p><a rel="noopener" href="https://example.org">x</a> &lt;a href="y"</p>'
    )


def test_plain_paragraphs_become_paragraphs():
    assert from_plain_text(["1 < 2 & “3”", "<b>"]) == "<p>1 &lt; 2 &amp; “3”</p><p>&lt;b&gt;</p>"


def test_plain_text_has_a_line_for_each_block():
    html = clean("<p>a &lt; b<br>c</p><ul><li>d<ul><li>e</ul></ul><blockquote>f</blockquote>")

    assert to_plain_text(html) == "a < b\nc\nd\ne\nf"


def test_pictures_are_found_once_and_in_order():
    other = PICTURE.replace("0f", "1f")
    html = clean("".join(f"<img data-picture={each}>" for each in (other, PICTURE, other)))

    assert [str(each) for each in pictures_in(html)] == [other, PICTURE]


FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=4"
MARKED = (
    '<p class="elsewhere" data-provider="youtube" data-id="dQw4w9WgXcQ">'
    f'<a rel="noopener" href="{FILM}">{FILM}</a></p>'
)


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{FILM}</p>",
        f'<p><a href="{FILM}">{FILM}</a></p>',
        f'<p>&nbsp;<a href="{FILM}">{FILM.removeprefix("https://")}</a> </p>',
    ],
)
def test_film_in_a_paragraph_of_its_own_is_marked(text):
    assert enrich(clean(f"<p>a</p>{text}<p>b</p>")).endswith(f"</p>{MARKED}<p>b</p>")
    assert "elsewhere" not in clean(str(enrich(clean(text))))


@pytest.mark.parametrize(
    "text",
    [
        f"<p>See {FILM}</p>",
        f'<p><a href="{FILM}">The film</a></p>',
        f'<p><a href="{FILM}">https://safe.example/</a></p>',
        f'<p><a href="https://evil.example/">{FILM}</a></p>',
        f"<p>{FILM}<br>{FILM}</p>",
        f"<ul><li>{FILM}</li></ul>",
        f"<p>javascript:alert(1)//{FILM}</p>",
    ],
)
def test_other_links_stay_links(text):
    assert "elsewhere" not in enrich(clean(text))


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("10<sup>6</sup> m<sup>3</sup>", "10⁶ m³"),
        ("CO<sub>2</sub>, H<sub>2</sub>SO<sub>4</sub>", "CO₂, H₂SO₄"),
        ("10<sup>−12</sup>, the 21<sup>st</sup>, 1<sup>er</sup>", "10⁻¹², the 21ˢᵗ, 1ᵉʳ"),
        ("x<sup>ÿ</sup>, x<sup>2.5</sup>, x<sub>Q</sub>", "x^ÿ, x^2.5, x_Q"),
        ("m<sup><em>3</em></sup>, <strong>m<sup>2</sup></strong>", "m³, m²"),
        ("x<sup>&lt;</sup>", "x^<"),
    ],
)
def test_raised_words_are_signs_in_plain_text(html, plain):
    cleaned = clean(html)

    assert cleaned == f"<p>{html}</p>"
    assert to_plain_text(cleaned) == plain


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("10<span style='vertical-align: super; font-size:.6em'>6</span>", "10<sup>6</sup>"),
        ("CO<span style='vertical-align:sub'>2</span>", "CO<sub>2</sub>"),
        (
            "<span style='vertical-align:super;font-weight:700'>6</span>",
            "<strong><sup>6</sup></strong>",
        ),
    ],
)
def test_raised_spans_are_raised(html, cleaned):
    assert clean(html) == f"<p>{cleaned}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "Police count <del>12</del> 14",
        "Police count <s>12</s>14",
        "Police count <strike>12</strike> 14",
        "Police count <span style='text-decoration: line-through'>12</span>14",
        "Police count <span style='text-decoration-line:underline line-through'>12</span>14",
        'Police count <del cite="mailto:X" datetime="2024-10-25T10:00">12</del><ins>14</ins>',
        f"Police count <s>12 <b>or</b> <img data-picture={PICTURE}></s>14",
    ],
)
def test_deleted_words_are_left_out(html):
    assert clean(html) == "<p>Police count 14</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("a <b unfinished and more", "<p>a &lt;b unfinished and more</p>"),
        ('a <a href="x>b</a> and more', '<p>a &lt;a href="x&gt;b&lt;/a&gt; and more</p>'),
        ("a <!-- never closed", "<p>a &lt;!-- never closed</p>"),
        ("1 < 2 <3 and </ 4 > 5", "<p>1 &lt; 2 &lt;3 and 5</p>"),
        ("a <!doctype x>b<?xml y?>c", "<p>a bc</p>"),
        ("<table>a<tr><td>b</td></tr>c</table>", "<p>a</p><p>b</p><p>c</p>"),
    ],
)
def test_half_a_tag_is_words(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize("value", ["?a=1&copy=2", "?a=1&copy=2&notit=3", "?a=1&amp;copy=2"])
def test_address_is_no_text(value):
    expected = "?" + value[1:].replace("&amp;", "&").replace("&", "&amp;")

    assert f'href="https://a.org/{expected}"' in clean(f'<a href="https://a.org/{value}">x</a>')


def test_huge_character_numbers_are_no_error():
    assert clean("a&#" + "1" * 5000 + ";b&#128512;") == "<p>a\ufffdb😀</p>"
    assert to_plain_text("&#" + "1" * 5000 + ";") == "\ufffd"
