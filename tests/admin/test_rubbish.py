"""Whatever stands in an address of the admin, the answer is no error of the server's."""

import pytest

from tests import cast

from . import walk
from .conftest import _sign_in

pytestmark = pytest.mark.django_db

LISTS = {
    "story": ["status__exact", "opened_at__gte", "opened_at__year", "q", "p", "o"],
    "update": ["status__exact", "published_at__lt", "published_at__year", "story__id__exact", "q"],
    "source": ["kind__exact", "q"],
    "picture": ["is_decorative__exact", "created_at__gte", "created_at__year", "q"],
    "topic": ["q", "id__exact"],
    "person": ["q", "id__exact"],
}
VALUES = ["%00", "a%00b", "9999999999", "99999999999999999999999", "-1", "%ff", "x" * 3000, "[]"]
IN_ADDRESSES = ["story", "update", "plain", "after", "next", "client_id", "version", "verb"]


@pytest.fixture
def chief(db):
    return _sign_in(cast.make_chief())


@pytest.mark.thorough
@pytest.mark.parametrize(("model", "name"), [(m, name) for m in LISTS for name in LISTS[m]])
def test_a_list_takes_any_filter(chief, model, name):
    answered = {}

    for value in VALUES:
        answer = chief.get(f"/admin/liveblog/{model}/?{name}={value}", follow=True)
        answered[value] = answer.status_code

    assert {each: code for each, code in answered.items() if code not in {200, 400}} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("value", VALUES)
def test_every_address_takes_any_parameter(value):
    """Each page with each value; of its objects another one with each."""
    people = cast.make_editor(), cast.make_reporter(), cast.make_chief()
    newsroom, chief = walk.make_newsroom(*people), _sign_in(people[2])
    chief.raise_request_exception = False
    query = "&".join(f"{name}={value}" for name in IN_ADDRESSES)

    asked = walk.one_of_each(walk.addresses(newsroom), VALUES.index(value))
    failed = {
        address
        for address, path in asked.items()
        if chief.get(f"{path}?{query}").status_code >= 500
    }

    assert failed == set()


@pytest.mark.thorough
@pytest.mark.parametrize("value", ["99999999999999999999", "%00", "0", "x"])
def test_every_address_takes_any_id(value):
    people = cast.make_editor(), cast.make_reporter(), cast.make_chief()
    newsroom, chief = walk.make_newsroom(*people), _sign_in(people[2])
    chief.raise_request_exception = False
    one = str(newsroom["story"]["open"].pk)

    paths = [path for path in walk.addresses(newsroom).values() if f"/{one}/" in path]
    asked = {path: chief.get(path.replace(f"/{one}/", f"/{value}/")).status_code for path in paths}
    assert paths
    assert {path: status for path, status in asked.items() if status >= 500} == {}
