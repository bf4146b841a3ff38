"""Notices about webhooks on the home page of chief editors."""

from liveblog.models import Webhook
from liveblog.publishing import may


def paused_webhooks(user) -> list[Webhook]:
    """Return the paused endpoints, for users who may resume them."""
    if not may(user, "manage_webhooks"):
        return []
    return list(Webhook.objects.exclude(paused_at=None))
