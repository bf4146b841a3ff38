"""A story as one HTML page with its styles and pictures within."""

import base64
import mimetypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.utils import timezone

from liveblog.models import Story
from liveblog.rendering.addresses import absolute
from liveblog.rendering.story_file import story_file

from .reading import public_updates, read_story

STYLES = ("liveblog/tokens.css", "liveblog/page.css")
MOST_BYTES = 5 * 2**20  # of a picture


def write(story: Story) -> Iterator[str]:
    return story_file(
        read_story(story),
        public_updates(story, newest_first=True),
        styles=_styles(),
        now=timezone.now(),
        data_address=_data_address,
    )


@cache
def _styles():
    return "\n".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLES)


def _data_address(address: str) -> str:
    """Return the picture's bytes as an address; its whole address where the file is not here."""
    name = address.removeprefix(settings.MEDIA_URL)
    if name == address or not default_storage.exists(name):
        return absolute(address)
    if default_storage.size(name) > MOST_BYTES:
        return absolute(address)
    media_type = mimetypes.guess_type(name)[0] or f"image/{name.rpartition('.')[2]}"
    with default_storage.open(name) as file:
        return f"data:{media_type};base64,{base64.b64encode(file.read()).decode()}"
