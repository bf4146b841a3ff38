"""Form classes that requests share: Django builds them for each request, which takes milliseconds.

What a class depends on is its key: two requests with the same key are offered the same fields,
rows to choose from and words.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.http import HttpRequest
from django.utils.translation import get_language

from liveblog.publishing import roles_of

PLAIN = "plain"  # in the address of a form without scripts
MOST = 300  # classes; the least recently built are dropped first

_built: OrderedDict[Hashable, type] = OrderedDict()
_lock = Lock()


def shared_class(request: HttpRequest, key: tuple, build: Callable[[], type]) -> type:
    """Return the class of a form or formset for who asks; `build` makes one that is not there."""
    whole = (*key, *_viewer(request))
    found = _built.get(whole)
    return found or _keep(whole, build())


def _viewer(request) -> tuple:
    """Return what fields depend on of a request: a person is offered rows that they may see."""
    user = request.user
    return user.pk, frozenset(roles_of(user)), get_language(), PLAIN in request.GET


def _keep(key, built):
    form = getattr(built, "form", built)  # of a formset
    form._meta.formfield_callback = form.Meta.formfield_callback = None  # it holds the request
    with _lock:
        _built[key] = built
        while len(_built) > MOST:
            _built.popitem(last=False)
    return built
