"""The addresses that search engines ask for by themselves."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from liveblog.models import Story
from liveblog.rendering import sitemaps

from .responses import public

IN_FILE = 10_000  # stories; sitemaps.org allows 50,000 addresses
NEWS_AGE = timedelta(days=2)  # Google's limits for news
NEWS = 1_000
XML = "application/xml; charset=utf-8"


@public
def sitemap(request):
    """List every story, or the files that do where one is not enough."""
    count = _file_count()
    text = sitemaps.sitemap_index(count) if count > 1 else _file(1)
    return HttpResponse(text, content_type=XML)


@public
def sitemap_file(request, number):
    is_ours = request.path == reverse("sitemap_file", args=[number])  # 01 is no number here
    if not is_ours or not 1 <= number <= _file_count():
        raise Http404
    return HttpResponse(_file(number), content_type=XML)


@public
def news_sitemap(request):
    recent = Story.objects.public().opened_since(timezone.now() - NEWS_AGE)
    text = sitemaps.news_sitemap(recent.order_by("-opened_at", "-id")[:NEWS])
    return HttpResponse(text, content_type=XML)


@public
def robots(request):
    return HttpResponse(sitemaps.robots(), content_type="text/plain; charset=utf-8")


@public
def indexnow_key(request):
    """Prove to search engines that announcements with the key are ours (indexnow.org)."""
    if not settings.INDEXNOW_KEY:
        raise Http404
    return HttpResponse(settings.INDEXNOW_KEY, content_type="text/plain; charset=utf-8")


def _file_count():
    return -(-Story.objects.public().count() // IN_FILE)


def _file(number):
    public_stories = Story.objects.public()
    begin = (number - 1) * IN_FILE
    stories = public_stories.order_by("id")[begin : begin + IN_FILE]
    if number > 1:
        return sitemaps.sitemap(stories, site=False)
    return sitemaps.sitemap(stories, site=True, latest=public_stories.latest_first().first())
