"""The tags that are read, and what each kind of them means to the blocks."""

INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "a": "a"}
LISTS = {"ul", "ol"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BOUNDARIES = HEADINGS | {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav"),
    *("pre", "table", "thead", "tbody", "tfoot", "tr", "caption", "dl", "dt", "dd"),
    *("figure", "figcaption", "hr", "address", "center", "fieldset", "form", "details"),
    *("summary", "option", "legend"),
}
CELLS = {"td", "th"}
DROPPED_WHOLE = {
    *("script", "style", "template", "iframe", "object", "embed", "noscript"),
    *("svg", "math", "title", "textarea", "noembed", "noframes", "xmp"),
}
SPACE = " \t\n\r\f"
