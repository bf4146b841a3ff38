"""What readers look for, in a story or in all."""

from django.http import HttpResponse

from liveblog import rendering
from liveblog.queries.search import Found, Query, search_all, search_story

from .lookups import read_story
from .responses import public

# Every query is another address: no shared cache is to fill up with them.
FRESHNESS = "private, max-age=5"


@public
def search(request):
    query = _read_query(request)
    return _answer(search_all(query) if query else Found(), query)


@public
def story_search(request, slug):
    story, query = read_story(slug), _read_query(request)
    return _answer(search_story(story, query) if query else Found(), query, story)


def _read_query(request) -> Query:
    return Query.parse(request.GET.get("q", ""))


def _answer(found, query, story=None):
    html = rendering.search_page(found, asked=query.asked, story=story)
    return HttpResponse(html, headers={"Cache-Control": FRESHNESS})
