"""Editor's text → safe HTML: the only sanitiser.

What may be stored is a small grammar: paragraphs, lists and quotes, holding
text, strong, em, links, line breaks and pictures of our own. `clean` brings any
HTML into it and loses no word: nh3 (html5ever, the parsing of the HTML standard)
reads what came, a pass of our own sorts it into blocks, nh3 has the last word.
"""

from .cleaning import CleanHTML, clean
from .enriching import enrich
from .pictures import picture_source, pictures_in
from .plain import from_plain_text, to_plain_text

__all__ = [
    "CleanHTML",
    "clean",
    "enrich",
    "from_plain_text",
    "picture_source",
    "pictures_in",
    "to_plain_text",
]
