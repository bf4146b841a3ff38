"""The time zone of an admin page: its story's, named once on the page."""

from functools import wraps
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.template.response import TemplateResponse
from django.utils import timezone

from liveblog.models import Story, Update
from liveblog.publishing import may


class StoryClock:
    """Activate the time zone of a page's story, or else the site's, in an AdminSite."""

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def in_zone(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                _render(response, request)
            return response

        return super().admin_view(in_zone, cacheable)


def _render(response, request):
    context = response.context_data or {}
    zone = _zone_of(context, request) or timezone.get_default_timezone()
    response.context_data = {**context, "clock_zone": zone.key}
    with timezone.override(zone):
        response.render()


def _zone_of(context, request) -> ZoneInfo | None:
    for row in map(context.get, ("original", "story", "update")):
        if isinstance(row, Update | Story):
            return _zone_of_story(row.story if isinstance(row, Update) else row)
    zone = context.get("zone")
    if zone and isinstance(zone, str):
        return ZoneInfo(zone)
    return _zone_of_list(request) if "cl" in context else None


def _zone_of_story(story) -> ZoneInfo | None:
    try:
        return story.zone
    except (ZoneInfoNotFoundError, ValueError):  # of a refused form: what was sent, not stored
        return None


def _zone_of_list(request):
    """Return the zone of the list's story, or the zone that all stories share, if there is one."""
    pk = request.GET.get("story__id__exact", "")
    # A zone would tell that a story of another team's is there.
    seen = Story.objects if may(request.user, "edit") else Story.objects.open_to(request.user)
    stories = seen.filter(pk=pk) if pk.isdecimal() and len(pk) < 10 else seen
    zones = list(stories.order_by().values_list("timezone", flat=True).distinct()[:2])
    return ZoneInfo(zones[0]) if len(zones) == 1 else None
