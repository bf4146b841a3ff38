"""The icon at the address where browsers look for one by themselves."""

from pathlib import Path

from django.http import HttpResponse

from .responses import public

ICON = Path(__file__).parent.parent / "static/liveblog/favicon.ico"


@public
def favicon(request):
    """Serve it for what can't name an icon: pictures, feeds and JSON, opened as pages."""
    response = HttpResponse(ICON.read_bytes(), content_type="image/x-icon")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
