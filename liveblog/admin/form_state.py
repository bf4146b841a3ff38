"""What a form's request carries from one hook of a ModelAdmin to the next."""

from dataclasses import dataclass
from typing import Any

from liveblog.models import Story
from liveblog.publishing import PublishingError


@dataclass
class FormState:
    """`saved` is the row that a verb wrote, `refusal` why it did not.

    `content` is an update as it was submitted, `asked_for` a list of the story named in the
    address, once it was looked up; `secret` a new token's; `account_before` an account's values.
    """

    saved: Any = None
    refusal: PublishingError | None = None
    content: Any = None
    asked_for: list[Story] | None = None
    secret: str = ""
    account_before: dict | None = None


def form_state(request) -> FormState:
    """Return the state of the request's form: empty at its first hook."""
    if not hasattr(request, "form_state"):
        request.form_state = FormState()
    return request.form_state
