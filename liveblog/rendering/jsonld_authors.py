"""Who wrote a story and who publishes it, as structured data says it."""

from django.conf import settings

from liveblog.addresses import address_of

from .addresses import absolute
from .social_card_images import LOGO_HEIGHT, LOGO_WIDTH, can_set


def authors_of(signed):
    people = [each.person for each in signed.bylines.all()]
    return [_person(each) for each in people] or [publisher()]


def _person(person):
    author = {
        "@type": "Person",
        "name": person.name,
        "url": absolute(person.get_absolute_url()),
        "jobTitle": person.role,
    }
    return without_empty(author)


def publisher():
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.PUBLISHER_NAME,
        "url": absolute(address_of("front")),
    }


def publisher_with_logo():
    policy = settings.CORRECTIONS_POLICY_URL
    organization = {
        **publisher(),
        "logo": _logo(),
        "correctionsPolicy": policy and absolute(policy),
    }
    return without_empty(organization)


def _logo():
    """The publisher's own logo, else its name drawn as one; pixels, where they are known."""
    own, width, height = settings.PUBLISHER_LOGO, LOGO_WIDTH, LOGO_HEIGHT
    if own:
        width, _, height = settings.PUBLISHER_LOGO_SIZE.partition("x")
    elif not can_set(settings.PUBLISHER_NAME):
        return None
    sizes = {"width": width and int(width), "height": height and int(height)}
    url = absolute(own or address_of("logo"))
    return without_empty({"@type": "ImageObject", "url": url, **sizes})


def without_empty(data):
    return {name: value for name, value in data.items() if value not in ("", [], None)}
