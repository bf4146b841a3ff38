"""The JSON-LD export against schema.org's types, and what search engines ask of live blogs.

The tables hold what schema.org says of the properties that we write, and which fields Google
requires or recommends of a LiveBlogPosting and its updates.
"""

import json
import re
from dataclasses import replace

import pytest
from django.core.management import call_command

from liveblog import publishing
from liveblog.interchange.export import export_story
from liveblog.models import Story
from tests import cast

pytestmark = pytest.mark.django_db

TEXT, URL, MOMENT, DAY, PIXELS = "Text", "URL", "DateTime", "Date", "Integer"
WRITERS = {"Person", "NewsMediaOrganization"}
# Of each type that we write: its properties, and the types that schema.org expects of them.
ARTICLE = {
    "headline": {TEXT},
    "url": {URL},
    "datePublished": {MOMENT, DAY},
    "dateModified": {MOMENT, DAY},
    "author": WRITERS,
    "image": {URL, "ImageObject"},
    "articleBody": {TEXT},
    "citation": {TEXT, "CreativeWork"},
    "correction": {TEXT, URL, "CorrectionComment"},
}
SCHEMA = {
    "LiveBlogPosting": ARTICLE
    | {
        "description": {TEXT},
        "mainEntityOfPage": {URL},
        "inLanguage": {TEXT},
        "coverageStartTime": {MOMENT},
        "coverageEndTime": {MOMENT},
        "publisher": WRITERS,
        "articleSection": {TEXT},
        "liveBlogUpdate": {"BlogPosting"},
    },
    "BlogPosting": ARTICLE,
    "Person": {"name": {TEXT}, "url": {URL}, "jobTitle": {TEXT}},
    "NewsMediaOrganization": {
        "name": {TEXT},
        "url": {URL},
        "logo": {URL, "ImageObject"},
        "correctionsPolicy": {URL},
    },
    "ImageObject": {"url": {URL}, "width": {PIXELS}, "height": {PIXELS}},
    "CreativeWork": {"name": {TEXT}, "url": {URL}},
    "CorrectionComment": {"text": {TEXT}, "datePublished": {MOMENT, DAY}},
}
# What search engines need to show a live blog as one.
NEEDED = {
    "LiveBlogPosting": {
        *("headline", "description", "url", "image", "author", "publisher"),
        *("datePublished", "dateModified", "coverageStartTime", "liveBlogUpdate"),
    },
    "BlogPosting": {"headline", "articleBody", "datePublished", "dateModified", "author", "url"},
    "Person": {"name", "url"},
    "NewsMediaOrganization": {"name", "url"},
    "ImageObject": {"url"},
    "CreativeWork": {"name", "url"},
    "CorrectionComment": {"text", "datePublished"},
}
MOST_IN_HEADLINE = 110  # characters
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def problems_of(thing: dict, place: str = "$") -> list[str]:
    """Compare a thing and all within it with the tables."""
    kind = thing["@type"]
    found = [f"{place} has no {name}" for name in sorted(NEEDED[kind] - thing.keys())]
    for name, said in thing.items():
        if name in {"@type", "@context"}:
            continue
        for value in said if isinstance(said, list) else [said]:
            expected = SCHEMA[kind].get(name)
            if expected is None:
                found.append(f"{place}: {kind} has no property {name}")
            elif not expected & _kinds_of(value):
                found.append(f"{place}.{name} is {value!r}")
            if isinstance(value, dict):
                found += problems_of(value, f"{place}.{name}")
    return found


def _kinds_of(value):
    if isinstance(value, dict):
        return {value["@type"]}
    if isinstance(value, int):
        return {PIXELS}
    kinds = {TEXT} if value.strip() else set()
    kinds |= {URL} if re.fullmatch(r"https?://\S+", value) else set()
    kinds |= {MOMENT} if _MOMENT.fullmatch(value) else set()
    return kinds | ({DAY} if _DAY.fullmatch(value) else set())


def written(story: Story) -> dict:
    return json.loads(b"".join(export_story(story, "liveblogposting").chunks))


@pytest.fixture
def corrected(shown):
    """The story with a correction, an edit and its end, so that every property is written."""
    editor = cast.make_editor("eva")
    update = shown.updates.public().oldest_first().first()
    content = publishing.UpdateContent.of(update)
    changed = replace(content, body="<p>One pier is closed.</p>")
    publishing.correct(update, changed, by=editor, note="Only one pier is.")
    publishing.end_story(shown, by=editor)
    return Story.objects.get(pk=shown.pk)


def test_all_is_of_the_types_that_schema_org_names(corrected):
    data = written(corrected)

    assert data["@context"] == "https://schema.org"
    assert problems_of(data) == []
    assert data["coverageStartTime"] <= data["datePublished"] <= data["coverageEndTime"]
    updates = data["liveBlogUpdate"]
    assert {"citation", "correction"} <= set().union(*updates)
    assert all(len(each["headline"]) <= MOST_IN_HEADLINE for each in [data, *updates])


def test_the_demo_is_of_those_types_too():
    call_command("loaddata", "ukraine_kursk", verbosity=0)
    data = written(Story.objects.get())

    # Its times are assigned, so that a moment would claim too much: it is given as a day.
    assert problems_of(data) == [f"$.coverageStartTime is {data['coverageStartTime']!r}"]
    assert _DAY.fullmatch(data["coverageStartTime"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"dateline": "Kyiv"}, "$: LiveBlogPosting has no property dateline"),
        ({"url": "/live/x/"}, "$.url is '/live/x/'"),
        ({"coverageStartTime": "2024-10-25"}, "$.coverageStartTime is '2024-10-25'"),
        ({"author": "Ana Ruiz"}, "$.author is 'Ana Ruiz'"),
        ({"author": [{"@type": "Person", "url": "https://a.example/"}]}, "$.author has no name"),
    ],
)
def test_the_tables_find_what_is_wrong(corrected, change, problem):
    assert problem in problems_of(written(corrected) | change)
