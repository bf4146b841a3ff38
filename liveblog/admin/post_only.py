"""Views that are only posted to."""

from django.views.decorators.http import require_POST


def post_only(view):
    """Answer POST alone, and tell `leads_to_a_page` that nobody can arrive there by a link."""
    view = require_POST(view)
    view.is_page = False
    return view
