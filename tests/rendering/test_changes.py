"""The change answer in the page's own words: what catches up is what a fresh page shows."""

from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from liveblog.models import Story
from liveblog.queries.changes import Cursor, read_changes
from liveblog.queries.regions import read_regions
from liveblog.rendering import change_answer, regions_html, update_html
from tests import cast
from tests.queries.test_changes import act, steps

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@dataclass
class OpenPage:
    """A page in a browser: each update's article and each region, as HTML."""

    cursor: str
    articles: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)

    @classmethod
    def load(cls, story_id):
        story = Story.objects.with_parts().get(pk=story_id)
        updates = list(story.updates.public().with_parts())
        for update in updates:
            update.story = story
        articles = {str(each.pk): str(update_html(each)) for each in updates}
        return cls(story.cursor, articles, regions_html(read_regions(story), now=timezone.now()))

    def catch_up(self, story_id):
        more = True
        while more:
            story = Story.objects.with_parts().get(pk=story_id)
            changes = read_changes(story, Cursor.parse(self.cursor))
            answer = change_answer(changes, now=timezone.now())
            for change in answer["changes"]:
                self.apply(change)
            self.cursor, more = answer["cursor"], answer["more"]

    def apply(self, change):
        if change["type"] == "update":
            self.articles[change["id"]] = change["html"]
        elif change["type"] == "removal":
            self.articles.pop(change["id"], None)
        else:
            self.parts = change["parts"]


@pytest.mark.thorough
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_an_open_page_and_a_fresh_one_are_the_same_to_the_byte(db, steps):
    editor = cast.make_editor(f"editor-{Story.objects.count()}")
    story = cast.make_live_story(editor)
    updates = [cast.publish(story, editor) for _ in range(2)]
    pages = [OpenPage.load(story.pk)]

    for step in steps:
        act(editor, story, updates, *step)
        pages.append(OpenPage.load(story.pk))

    now = OpenPage.load(story.pk)
    for page in [*pages, OpenPage("0")]:
        page.catch_up(story.pk)
        assert page == now
