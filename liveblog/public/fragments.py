"""A story inside other people's pages as text of theirs, and the script that keeps it live."""

from django.http import HttpResponse
from django.templatetags.static import static
from django.utils import timezone

from liveblog.queries.pagination import load_updates, read_newest
from liveblog.queries.regions import read_regions
from liveblog.rendering.addresses import absolute
from liveblog.rendering.fragment import fragment as fragment_html
from liveblog.rendering.fragment import fragment_withdrawn

from .lookups import read_story
from .responses import of_story, public

MOST = 50  # updates
MODULES = ("liveblog/live/live-story.js", "liveblog/live/links.js")


@public
def fragment(request, slug):
    """Answer with the story's HTML and JSON-LD alone; search engines read it in the host's page."""
    found = read_story(slug, withdrawn=fragment_withdrawn)
    newest = read_newest(found, MOST)
    html = fragment_html(found, newest, read=read_regions, load=load_updates, now=timezone.now())
    response = of_story(found, html)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    canonical = absolute(found.get_absolute_url())
    response.headers["Link"] = f'<{canonical}>; rel="canonical"'
    return response


@public
def script(request):
    """Serve what starts the page's own script, at an address that no release changes."""
    text = "".join(f'import "{absolute(static(name))}";\n' for name in MODULES)
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
