"""The tags that are read and stored, and what each kind of them means to the blocks."""

# What is read as an inline tag, and what it is stored as.
INLINE = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "sup": "sup",
    "sub": "sub",
    "a": "a",
}
# What may be stored, and what the editor offers (`CKEDITOR_CONFIGS`).
STORED = {"p", "ul", "ol", "li", "blockquote", "br", "img", *INLINE.values()}
STORED_ATTRIBUTES = {"a": {"href"}, "img": {"alt", "data-picture", "src"}}
DELETED = {"del", "s", "strike"}
LISTS = {"ul", "ol"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BOUNDARIES = HEADINGS | {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav"),
    *("pre", "table", "thead", "tbody", "tfoot", "tr", "caption", "dl", "dt", "dd"),
    *("figure", "figcaption", "hr", "address", "center", "fieldset", "form", "details"),
    *("summary", "option", "legend"),
}
CELLS = {"td", "th"}
# What a browser never reads tags in.
RAW = {
    *("script", "style", "iframe", "noscript", "title", "textarea"),
    *("noembed", "noframes", "xmp"),
}
DROPPED_WHOLE = RAW | {"template", "object", "svg", "math"}
SPACE = " \t\n\r\f"
