"""Tag soup for property tests, and a reader that knows what stored text may hold."""

import html5lib
from hypothesis import strategies as st

GRAMMAR = {"p", "ul", "ol", "li", "blockquote", "strong", "em", "sup", "sub", "a", "br", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"alt", "data-picture", "src"}}
PICTURE = "0f8fad5b-d9cb-469f-a165-70867728950e"
OPENINGS = [
    *("<p>", "<div>", "<span>", "<b>", "<strong>", "<i>", "<em>", "<ul>", "<ol>", "<li>"),
    *("<blockquote>", "<br>", "<br/>", "<h2>", "<table>", "<tr>", "<td>", "<section>", "<pre>"),
    *('<a href="https://example.org/?a=1&amp;b=2">', "<a>", '<a href="javascript:alert(1)">'),
    *('<span style="font-weight:700">', '<span style="font-style: italic">', "<figure>", "<hr>"),
    *('<b style="font-weight:normal">', '<p class="x" style="color:red">', "<unknown>", "<dl>"),
    *(f'<img data-picture="{PICTURE}">', '<img src="x" onerror="alert(1)">', "<figcaption>"),
    *("<!-- comment -->", "<details>", "<font color=red>", "<u>", "<dt>", "<sup>", "<sub>"),
]
CLOSINGS = [
    *("</p>", "</div>", "</span>", "</b>", "</strong>", "</i>", "</em>", "</ul>", "</ol>"),
    *("</li>", "</blockquote>", "</h2>", "</table>", "</tr>", "</td>", "</a>", "</unknown>"),
    *("</section>", "</pre>", "</br>", "</figure>", "</u>", "</dl>", "</sup>", "</sub>"),
]
DANGEROUS = [
    *("<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<script>"),
    *("</script>", "<title>", "<textarea>", "<noscript>", "<template>", "<foreignObject>"),
    *(
        "<iframe>",
        "<!--",
        "-->",
        "<select>",
        "<form>",
        "<table>",
        "<annotation-xml>",
        "<plaintext>",
    ),
    *("<", ">", "&", '"', "'", "&lt;", "&#60;", "&amp;lt;", "\x00", "\u2028", "\ufeff", "=", "/"),
]
WORDS = ["Kursk", "bridge", "of", "2024", "Última", "міст", "AT&amp;T", "1 &lt; 2", "«no»", "e.g."]
SPACES = [" ", "\n", "\t", "  ", "&nbsp;", "\u00a0", "\r\n", ""]

words = st.sampled_from(WORDS)
marked_up = st.lists(
    st.sampled_from(OPENINGS + CLOSINGS) | words | st.sampled_from(SPACES),
    max_size=30,
)
anything = st.lists(
    st.sampled_from(OPENINGS + CLOSINGS + DANGEROUS + SPACES) | words | st.text(max_size=8),
    max_size=30,
).map("".join)


def breaches(html: str) -> list[str]:
    """Parse text as browsers do; return what stored text may not hold."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [found for element in tree.iter() for found in _breaches_of(element)]


def _breaches_of(element):
    if element.tag == "DOCUMENT_FRAGMENT":
        return
    if element.tag not in GRAMMAR:
        yield f"<{element.tag}>"
        return
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES.get(element.tag, ()):
            yield f"{element.tag}[{name}]"
        elif name == "href" and not value.startswith(("http://", "https://", "mailto:", "tel:")):
            yield f"href={value}"
        elif name == "src" and not value.startswith("/admin/liveblog/picture/"):
            yield f"src={value}"


def text_in(html: str) -> str:
    """All characters of a fragment's text that are not space, as browsers read it."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return "".join("".join(tree.itertext()).split())
