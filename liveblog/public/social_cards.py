"""Pictures for shared pages that have none of their own."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from liveblog.models import Person, Source, Topic
from liveblog.queries.regions import read_regions
from liveblog.rendering.listing_pages import KINDS
from liveblog.rendering.regions import state_of
from liveblog.rendering.social_card_images import (
    can_set,
    logo_image,
    page_image,
    story_image,
    update_image,
)
from liveblog.rendering.social_cards import site_card_words
from liveblog.rendering.templates import speaking
from liveblog.rendering.update import title_of

from .lookups import read_listed, read_story, read_update
from .responses import of_story, public

PNG = "image/png"


@public
def story(request, slug):
    found = read_story(slug)
    if not can_set(found.headline):
        raise Http404
    is_live = state_of(found, timezone.now()) == "live"
    return of_story(found, story_image(read_regions(found), is_live=is_live), content_type=PNG)


@public
def update(request, slug, id):
    found = read_update(read_story(slug), id)
    if not can_set(title_of(found)):
        raise Http404
    return of_story(found.story, update_image(found), content_type=PNG)


@public
def site(request):
    return HttpResponse(page_image("", site_card_words()), content_type=PNG)


@public
def topic(request, slug):
    return _list_image("topic", read_listed(Topic, slug))


@public
def source(request, slug):
    return _list_image("source", read_listed(Source, slug))


@public
def author(request, slug):
    return _list_image("author", read_listed(Person, slug))


@public
def logo(request):
    if not can_set(settings.PUBLISHER_NAME):
        raise Http404
    return HttpResponse(logo_image(settings.PUBLISHER_NAME), content_type=PNG)


def _list_image(kind, subject):
    if not can_set(subject.name):
        raise Http404
    with speaking(settings.LANGUAGE_CODE):
        return HttpResponse(page_image(str(KINDS[kind]), subject.name), content_type=PNG)
