"""The pictures that stand for stories and updates without one where they are shared."""

from django.http import Http404

from liveblog.rendering.social_card_images import can_set, story_image, update_image
from liveblog.rendering.update import title_of

from .lookups import read_story, read_update
from .responses import of_story, public

PNG = "image/png"


@public
def story(request, slug):
    found = read_story(slug)
    if not can_set(found.headline):
        raise Http404
    return of_story(found, story_image(found), content_type=PNG)


@public
def update(request, slug, id):
    found = read_update(read_story(slug), id)
    if not can_set(title_of(found)):
        raise Http404
    return of_story(found.story, update_image(found), content_type=PNG)
