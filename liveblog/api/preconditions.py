"""`If-Match` (RFC 9110, 13.1.1): an edit made from an older version changes nothing."""

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Header

from liveblog.models import Story, Update

from .problems import Problem

IfMatch = Annotated[
    str | None,
    Header(
        None,
        alias="If-Match",
        description="The ETag of the version that the edit was made from.",
        max_length=1000,
    ),
]


def etag(row: Story | Update) -> str:
    return f'"{row.version}"'


def matches(row: Story | Update, header: str | None) -> bool:
    """Tell whether a row is still what the header names; one without a header always is.

    A proxy that compresses answers makes their tags weak, and clients send them back so.
    The number alone tells versions apart, so a weak tag is as good as a strong one.
    """
    if header is None or header.strip() == "*":
        return True
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag(row) in tags


def require_match(row: Story | Update, header: str | None, **texts) -> None:
    """Raise 412, with both texts, where somebody saved since."""
    if not matches(row, header):
        reason = _("Somebody else saved this since. Nothing was changed; both texts are here.")
        raise Problem(412, reason, headers={"ETag": etag(row)}, **texts)
