"""What a reporter can learn of a story of a team that they are not on: nothing, by any parameter.

By its address, by a search, by a list's filter: no word of the hidden rows is in any answer,
and a list filtered by one says what it says of none.
"""

import pytest
from django.test import Client

from tests import cast
from tests.hidden import UNKNOWN, make_hidden, words_of

from . import walk
from .conftest import _sign_in

pytestmark = pytest.mark.django_db

LOOKUPS = {"stories": "story__id__exact", "updates": "id__exact"}


@pytest.fixture
def people(db):
    return {
        "editor": cast.make_editor(),
        "reporter": cast.make_reporter(),
        "chief": cast.make_chief(),
    }


@pytest.fixture
def newsroom(people):
    return walk.make_newsroom(people["editor"], people["reporter"], people["chief"])


@pytest.fixture
def hidden(newsroom, people):
    return make_hidden(people["editor"], people["chief"])


@pytest.fixture
def client(people):
    return _sign_in(people["reporter"])


@pytest.fixture
def pages(client, newsroom):
    """The addresses that answer a reporter at all."""
    return {
        name: path
        for name, path in walk.addresses(newsroom).items()
        if client.get(path).status_code in {200, 302, 405}
    }


@pytest.mark.parametrize("kind", LOOKUPS)
def test_a_lists_filter_tells_nothing(client, hidden, kind):
    path = "/admin/liveblog/update/"
    unknown = ask(client, path, [LOOKUPS[kind]], UNKNOWN[kind])

    for id in hidden[kind]:
        found = ask(client, path, [LOOKUPS[kind]], id)
        assert found == unknown


def ask(client, path, names, id):
    query = "&".join(f"{name}={id}" for name in names)
    return words_of(client.get(f"{path}?{query}"))


SEARCHES = [
    "q=mangrove",
    "_popup=1&q=mangrove",
    "_popup=1&_to_field=id",
    "term=mangrove&app_label=liveblog&model_name=update&field_name=story",
    "app_label=liveblog&model_name=storybyline&field_name=story&term=mangrove",
    "app_label=liveblog&model_name=updatepicture&field_name=update&term=mangrove",
]


@pytest.mark.thorough
def test_a_search_finds_nothing_of_another_teams(client, pages, hidden):
    """One test of all: to find out which pages there are takes as long as to ask them."""
    for path in [*pages.values(), "/admin/autocomplete/"]:
        for query in SEARCHES:
            words_of(client.get(f"{path}?{query}"))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "model", "label"), [("stories", "story", "open"), ("updates", "update", "own")]
)
def test_an_address_of_a_hidden_object_tells_nothing(client, newsroom, hidden, kind, model, label):
    mine = str(newsroom[model][label].pk)
    for path in walk.addresses(newsroom).values():
        if f"/liveblog/{model}/{mine}/" in path:
            for id in hidden[kind]:
                there = path.replace(f"/{mine}/", f"/{id}/")
                for answer in (client.get(there), client.post(there)):
                    assert answer.status_code in {200, 302, 403, 404, 405}
                    words_of(answer)


@pytest.fixture
def newsrooms_pages(client, newsroom):
    """Pages of own stories and updates: the others take no keys of what a team has."""
    kinds = ("liveblog_story_", "liveblog_update_")
    found = {
        name: path
        for name, path in walk.addresses(newsroom).items()
        if name.startswith(kinds) and name.partition(":")[2] in {"", "own", "open"}
    }
    found = {name: path for name, path in found.items() if client.get(path).status_code == 200}
    client.get("/admin/")  # shows, and so ends, the messages that pages left
    return found


# Each parameter that names an object, beside what a form needs to be read with it.
PARAMETERS = {
    "story": ("stories", {}),
    "client_id": ("updates", {"_draft": ""}),
    "update": ("updates", {"_open": ""}),
    "_selected_action": ("updates", {"action": "retract_selected"}),
    "_selected_action, stories": ("stories", {"action": "delete_selected"}),
    "pictures-0-id": ("rows", {"pictures-TOTAL_FORMS": 1, "pictures-INITIAL_FORMS": 1}),
    "attributions-0-source": ("updates", {"attributions-TOTAL_FORMS": 1}),
}


@pytest.mark.any_database
@pytest.mark.thorough
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_field_of_a_form_tells_nothing(client, newsrooms_pages, newsroom, hidden, parameter):
    """A hidden key in any field is refused in the words in which an unknown one is."""
    kind, more = PARAMETERS[parameter]
    name = parameter.partition(",")[0]
    # An unknown id makes a new update, and a hidden one a conflict; Django's formsets tell of
    # a row's number whether there is one. Neither answer holds a word of the row.
    is_same = kind == "stories"

    def post(address, path, key):
        visitor = Client()  # of its own, for messages wait in cookies
        visitor.cookies.update(client.cookies)
        with walk.undone():
            form = walk.form_for(address, newsroom) | more | {name: key}
            return words_of(visitor.post(path, form))

    for address, path in newsrooms_pages.items():
        unknown = post(address, path, UNKNOWN[kind])
        for key in hidden[kind]:
            answer = post(address, path, key)
            assert not is_same or answer == unknown, address


QUERIES = {
    "story={}": "stories",
    "story={}&_popup=1": "stories",
    "published={}": "updates",
    "_popup=1&_to_field=id&id={}": "updates",
    "_changelist_filters=story__id__exact%3D{}": "stories",
    "_changelist_filters=q%3Dmangrove%26id__exact%3D{}": "updates",
    "version={}&compare={}": "versions",
}


@pytest.mark.any_database
@pytest.mark.thorough
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_a_page_tells_nothing(client, newsrooms_pages, hidden, query):
    kind = QUERIES[query]
    for address, path in newsrooms_pages.items():
        unknown = words_of(client.get(f"{path}?{query.replace('{}', UNKNOWN[kind])}"))
        for key in hidden[kind][:2]:
            answer = words_of(client.get(f"{path}?{query.replace('{}', key)}"))
            assert answer == unknown, address


def test_a_hidden_version_is_none_of_an_own_object(client, newsroom, hidden):
    own = newsroom["update"]["own"]
    page = f"/admin/liveblog/update/{own.pk}/"
    restore = next(
        path for path in walk.addresses(newsroom).values() if path.startswith(f"{page}restore")
    )
    start = restore.rstrip("/").rpartition("/")[0]
    unknown = words_of(client.get(f"{start}/{UNKNOWN['versions']}/"))

    for key in hidden["versions"]:
        for answer in (client.get(f"{start}/{key}/"), client.post(f"{start}/{key}/")):
            assert words_of(answer) == unknown
