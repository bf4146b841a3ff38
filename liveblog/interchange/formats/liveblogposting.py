"""schema.org's LiveBlogPosting, as JSON-LD by itself or inside a saved web page.

Pages write it as one object, a list, an `@graph` with references, or several scripts that
tell parts of one thing under the same `@id`.
"""

from collections import Counter
from html import escape, unescape

from liveblog.interchange.archive import (
    DRAFT,
    PUBLISHED,
    RETRACTED,
    Archive,
    Entry,
    Unreadable,
    absolute,
    names_in,
    one_line,
    parts_of,
    site_of,
)
from liveblog.interchange.messages import Message
from liveblog.interchange.messages import gettext_noop as _

from .dates import read_moment
from .entry_text import oldest_first, read_text
from .files import as_dict, as_entries, as_list, decode, load_json
from .linked_data import Graph, texts_of
from .web_page import Page, read_page

STATES = {
    "draft": DRAFT,
    "incomplete": DRAFT,
    "pending": DRAFT,
    "deleted": RETRACTED,
    "retracted": RETRACTED,
    "withdrawn": RETRACTED,
}


def read(data: bytes, *, zone, now, **options) -> list[Archive]:
    text = decode(data)
    page = read_page(text) if text.lstrip()[:1] == "<" else Page(values=[load_json(text)])
    graph = Graph(page.values)
    blogs = graph.things("LiveBlogPosting")
    if not blogs and page.problems:
        raise page.problems[0]
    if not blogs:
        raise Unreadable(Message(_("the page tells of no LiveBlogPosting")))
    return [_Blog(graph, blog, page, zone=zone, now=now).read() for blog in blogs]


class _Blog:
    def __init__(self, graph: Graph, blog: dict, page: Page, *, zone, now):
        self.graph, self.blog, self.page, self.zone, self.now = graph, blog, page, zone, now
        address = graph.address(blog, "url", "mainEntityOfPage", "@id") or page.address
        self.base = absolute(page.address, address) if page.address else address
        self.derived: set[str] = set()  # ids of entries that were given none
        self.archive = Archive(
            "liveblogposting",
            _host(self.base) or _host(graph.address(graph.first(blog, "publisher"), "url")),
            site_of(self.base) or one_line(graph.text(blog, "headline", "name")),
            url=self.base,
        )

    def read(self) -> Archive:
        archive, graph, blog = self.archive, self.graph, self.blog
        archive.headline = one_line(graph.text(blog, "headline", "name") or self.page.title)
        archive.standfirst = one_line(graph.text(blog, "alternativeHeadline", "description"), 1000)
        archive.language = graph.text(blog, "inLanguage") or self.page.language
        archive.slug = parts_of(self.base).path.rstrip("/").rpartition("/")[2].partition(".")[0]
        archive.authors = self._authors(blog)
        topics = texts_of(graph.value(blog, "articleSection"))
        archive.topics = tuple(dict.fromkeys(one_line(each, 150) for each in topics if each))
        pictures = self._pictures(blog)
        archive.lead_picture = pictures[0] if pictures else None
        end = read_moment(graph.text(blog, "coverageEndTime"), self.zone)
        archive.is_ended = end <= self.now if end else None
        archive.warnings += [str(each) for each in self.page.problems]
        updates = [
            *as_list(graph.value(blog, "liveBlogUpdate")),
            *as_list(graph.value(blog, "blogPosts", "blogPost")),
        ]
        self._read_updates(as_entries(updates))
        return archive

    def _read_updates(self, updates):
        entries: list[Entry] = []
        known, given = set(), set()
        for number, node in enumerate(updates, 1):
            node = self.graph.resolve(node)
            if self.graph.is_a(node, "Comment"):
                self.archive.warn(
                    _("item %(number)d is a reader's comment, no entry"), number=number
                )
                continue
            entry = self._entry(f"item {number}", node)
            if entry is None or _texts(entry) in known:  # several scripts tell it
                continue
            known.add(_texts(entry))
            if entry.id in given:
                self.archive.refuse(entry.where, entry.id, _("its id comes twice in the file"))
                continue
            given |= {entry.id} - self.derived
            entries.append(entry)
        self.archive.entries = oldest_first(entries)
        self._number_derived()

    def _number_derived(self):
        """Tell apart what has one moment and headline, from the oldest."""
        same = Counter()
        for each in self.archive.entries:
            if each.id in self.derived:
                same[each.id] += 1
                each.id += f"\n{same[each.id]}" if same[each.id] > 1 else ""

    def _entry(self, where, node):
        graph = self.graph
        at = graph.text(node, "datePublished", "dateCreated", "startDate", "dateModified")
        id = self._id(node, at)
        text = graph.text(node, "articleBody", "text", "description")
        state = self._state(node)
        published = read_moment(at, self.zone)
        if state == RETRACTED:
            return Entry(id, where, state=state, published_at=published)
        headline = graph.text(node, "headline", "name")
        if not (headline or text or graph.value(node, "image")):
            self.archive.refuse(where, id.strip(), _("it has neither headline nor text"))
            return None
        headline, body = read_text(text, self.archive, headline=headline, base=self.base)
        return Entry(
            id,
            where,
            headline=headline,
            body=body + self._video(node),
            state=state,
            published_at=published,
            edited_at=read_moment(graph.text(node, "dateModified"), self.zone),
            authors=self._authors(node),
            pictures=tuple(id for id in self._pictures(node) if str(id) not in body),
            url=absolute(self.base, graph.address(node, "url") or ""),
        )

    def _id(self, node, at):
        """An entry's own address; its page's says nothing of which it is."""
        given = (self.graph.address(node, name) for name in ("@id", "url", "mainEntityOfPage"))
        addresses = (absolute(self.base, each) for each in given if each)
        id = next((each for each in addresses if each != self.base), "")
        if not id:
            id = f"{at} {self.graph.text(node, 'headline')}"
            self.derived.add(id)
        return id

    def _state(self, node):
        state = STATES.get(self.graph.text(node, "creativeWorkStatus").strip().lower(), PUBLISHED)
        expires = read_moment(self.graph.text(node, "expires"), self.zone)
        return DRAFT if state == PUBLISHED and expires and expires <= self.now else state

    def _authors(self, node):
        """Names of people; a publisher that signs its own pages is no byline."""
        names = []
        for each in as_list(self.graph.value(node, "author", "creator")):
            author = self.graph.resolve(each)
            is_person = not isinstance(author, dict) or "Organization" not in str(
                author.get("@type")
            )
            names += (
                texts_of(author.get("name") if isinstance(author, dict) else author) * is_person
            )
        return names_in(*names)

    def _pictures(self, node):
        found = []
        for each in as_list(self.graph.value(node, "image")):
            image = self.graph.resolve(each)
            address = self.graph.address(image, "contentUrl", "url") if image else ""
            if not address:
                continue
            image = as_dict(image)
            found.append(
                self.archive.picture(
                    absolute(self.base, address),
                    caption=one_line(self.graph.text(image, "caption", "description"), 1000),
                    credit=one_line(self.graph.text(image, "creditText", "copyrightHolder"), 150),
                )
            )
        return list(dict.fromkeys(found))

    def _video(self, node):
        video = self.graph.first(node, "video")
        address = self.graph.address(video, "embedUrl", "url", "contentUrl") if video else ""
        words = escape(unescape(address), quote=False)
        return f"<p>{words}</p>" if address.startswith("http") else ""


def _texts(entry):
    return entry.id, entry.state, entry.headline, entry.body, entry.pictures


def _host(address):
    return parts_of(address).netloc.lower().removeprefix("www.")
