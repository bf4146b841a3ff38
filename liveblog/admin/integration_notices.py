"""What the home tells chief editors of webhooks."""

from liveblog.models import Webhook
from liveblog.publishing import may


def paused_webhooks(user) -> list[Webhook]:
    """Return the endpoints that nothing is sent to, for whoever can mend that."""
    if not may(user, "manage_webhooks"):
        return []
    return list(Webhook.objects.exclude(paused_at=None))
