"""Tell a form that the composer's script sent from one that a browser did."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse


def is_sent_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Composer") == "1"


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Confirm what was saved and lead on; a script has to see that it was not the sign-in page."""
    if is_sent_by_script(request):
        return JsonResponse({"next": address})
    return HttpResponseRedirect(address)
