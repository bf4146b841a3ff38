"""Editor's text → safe HTML: the only sanitiser.

What may be stored is a small grammar: paragraphs, lists and quotes, holding
text, strong, em, sup, sub, links, line breaks and pictures of our own. `clean` brings
any HTML into it and loses no word but those struck out: one pass reads tags and words as
browsers do, one sorts them into blocks, nh3 (html5ever) has the last word. Every function
here takes time in proportion to its text.
"""

from .cleaning import LONGEST, CleanHTML, clean
from .enriching import enrich
from .pictures import picture_source, pictures_in
from .plain import from_plain_text, to_plain_text
from .tokens import Tag, feed, read_tokens

__all__ = [
    "LONGEST",
    "CleanHTML",
    "Tag",
    "clean",
    "enrich",
    "feed",
    "from_plain_text",
    "picture_source",
    "pictures_in",
    "read_tokens",
    "to_plain_text",
]
