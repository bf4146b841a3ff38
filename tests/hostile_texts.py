"""Texts that cost much where they are read carelessly, and files that hold one everywhere."""

import json
from html import escape

# Each again and again: half a tag, half an address, one long word, spaces without an end, …
UNITS = [
    *(
        "<a",
        "</a",
        '<a href="',
        "<p a",
        "<",
        "<!",
        "<!--",
        "<?",
        "<![CDATA[",
        "</",
        "<a b=c d ",
        "<a/",
    ),
    *(
        "<p>",
        "<p>x",
        "<b>",
        "<b style=x>",
        "<b><!--</b>-->",
        "<div>",
        "<div><!--</div>-->",
        "<li><ul>",
    ),
    *("<blockquote>", "<td>", "<table>", "<b><p>", "<sup>", "<del>", "<svg>", "<script>", "<style"),
    *("<div><table></div></table>", "<span><div></span></div>", "<a href=https://a.b>x", "x<br>"),
    *(
        "<img data-picture=x>",
        "<b>\u00a0</b>",
        "&",
        "&#",
        "&amp;",
        "&#1",
        "x",
        "x@",
        "x.",
        "@",
        "@x.",
    ),
    *(
        "1",
        "1 ",
        "1.",
        "(1",
        "1-",
        "+",
        "-",
        "_",
        " ",
        "\t",
        "\u00a0",
        " \n",
        "\n",
        "\n\n",
        "x\n\n",
    ),
    *(
        '"',
        "'",
        '-"',
        '"x" ',
        "a b ",
        "停",
        "停電。",
        "Á",
        "e\u0301",
        "x' ",
        "https://",
        "https://a.b/",
    ),
    *("08:45\n", "Efe ", "A said ", "(AP) ", "A. B. ", "x (", "© ", "— ", "+++ "),
]


def json_feed(text):
    item = {"id": "1", "content_html": text, "title": text, "authors": [{"name": text}]}
    moment = {"date_published": "2024-10-25T08:00:00Z"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item | moment]})


def ninjs(text):
    moment = {"versioncreated": "2024-10-25T08:00:00Z"}
    return json.dumps({"uri": "x", "headline": text, "body_html": text, "byline": text} | moment)


def posts(text):
    item = {"text": text, "item_type": "text"}
    post = {"_id": "1", "headline": text, "groups": [{"refs": [{"item": item}]}]}
    return json.dumps({"posts": [post | {"published_date": "2024-10-25T08:00:00Z"}]})


def page(text):
    update = {"@type": "BlogPosting", "headline": text, "articleBody": text, "author": text}
    moment = {"datePublished": "2024-10-25T08:00:00Z"}
    blog = {"@type": "LiveBlogPosting", "headline": "Strike", "liveBlogUpdate": [update | moment]}
    data = json.dumps(blog | moment).replace("<", "\\u003c")
    return f'<html><script type="application/ld+json">{data}</script>{text}'


def guardian(text):
    block = {"id": "b", "publishedDate": "2024-10-25T06:00:00Z", "bodyHtml": text, "title": text}
    return json.dumps({"id": "i", "webTitle": text, "blocks": {"body": [block]}})


def export(text):
    row = {"id": "11111111-1111-4111-8111-111111111111", "status": "published", "body": text}
    row |= {"published_at": "2024-10-25T08:00:00Z", "headline": text}
    story = {"slug": "s", "headline": text, "status": "live"}
    return json.dumps({"format": "liveblog", "version": 1, "story": story, "updates": [row]})


WORDPRESS = """<rss xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>
<title>Strike</title><content:encoded>Begun.</content:encoded><wp:post_id>1</wp:post_id>
<wp:postmeta><wp:meta_key>liveblog</wp:meta_key><wp:meta_value>enable</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_type>liveblog</wp:comment_type>
<wp:comment_approved>liveblog</wp:comment_approved><wp:comment_author>{0}</wp:comment_author>
<wp:comment_date_gmt>2024-10-25 06:10:00</wp:comment_date_gmt>
<wp:comment_content>{0}</wp:comment_content>
<wp:commentmeta><wp:meta_key>liveblog_contributors</wp:meta_key><wp:meta_value>{0}</wp:meta_value>
</wp:commentmeta></wp:comment></item></channel></rss>"""


def wordpress(text):
    return WORDPRESS.format(escape(text))
