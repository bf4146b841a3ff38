"""Pictures of the composer: taken in at once, described while the text is written."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liveblog.interchange.picture_sizes import PictureError, read_picture
from liveblog.models import Picture, Source, Story
from liveblog.publishing import Invalid, add_picture, describe_picture, pictures_of, propose_source
from liveblog.templatetags.newsroom import say

from .guard import answer, desk_view, read_json
from .reading import picture_data


@require_POST
@desk_view
def upload(request, story: Story):
    """Take a picture in; its words may come with it or later."""
    file = request.FILES.get("upload")
    most = settings.PICTURE_MAX_MB
    if file is None or file.size > most * 2**20:
        message = _("Choose a picture of at most %(most)d MB.") % {"most": most}
        raise Invalid({"upload": [message]})
    try:
        drawn = read_picture(file.read(), most_bytes=most * 2**20)
    except PictureError as error:
        raise Invalid({"upload": [say(error.args[0])]}) from error
    words = _words(request.POST, by=request.user)
    picture = add_picture(drawn, by=request.user, is_described_later=True, **words)
    return answer(picture_data(picture), 201)


@require_POST
@desk_view
def describe(request, story: Story, id: UUID):
    """Save the words of a picture."""
    picture = pictures_of(request.user).filter(pk=id).first()
    if picture is None:
        raise Invalid({"pictures": [_("A picture does not exist any more.")]})
    for name, value in _words(read_json(request), by=request.user).items():
        setattr(picture, name, value)
    return answer(picture_data(describe_picture(picture, by=request.user)))


def _words(sent, *, by) -> dict:
    is_decorative = sent.get("is_decorative") in (True, "true", "on")
    return {
        "alt": "" if is_decorative else _text(sent, "alt"),
        "is_decorative": is_decorative,
        "caption": _text(sent, "caption"),
        "credit": _credit(sent, by=by),
    }


def _credit(sent, *, by) -> Source | None:
    """Find the source by its key, else by its name; makes one that is not known yet."""
    key, name = str(sent.get("credit") or ""), str(sent.get("credit_name") or "").replace("\0", "")
    if key.isdecimal():
        return Source.objects.filter(pk=key).first()
    return propose_source(name, by=by) if name.strip() else None


def _text(sent, name):
    value = str(sent.get(name) or "").replace("\0", "").strip()
    most = Picture._meta.get_field(name).max_length
    if len(value) > most:
        raise Invalid({name: [_("At most %(most)d characters.") % {"most": most}]})
    return value
