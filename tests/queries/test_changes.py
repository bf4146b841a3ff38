"""Changes after any cursor, applied to the page as it was then, make the page as it is now."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveblog import publishing
from liveblog.models import Attribution, Source, Story, Update
from liveblog.publishing import PublishingError, StoryContent
from liveblog.queries.changes import MOST, PAGE, Cursor, read_changes
from liveblog.queries.counters import read_counts
from tests import cast

pytestmark = pytest.mark.django_db


def row_of(update):
    """What readers see of an update, as far as the row says it."""
    names = ("published_at", "number", "headline", "body", "kind", "is_key_event", "is_pinned")
    return tuple(getattr(update, name) for name in names)


def parts_of(story):
    names = ("headline", "standfirst", "summary", "status", "summary_revision", "last_updated_at")
    return tuple(getattr(story, name) for name in names)


@dataclass
class Page:
    """A page that follows a story by its changes alone."""

    cursor: str
    updates: dict = field(default_factory=dict)
    parts: tuple = ()

    @classmethod
    def load(cls, story_id):
        story = Story.objects.get(pk=story_id)
        rows = {each.pk: row_of(each) for each in story.updates.public()}
        return cls(story.cursor, rows, parts_of(story))

    def catch_up(self, story_id):
        more = True
        while more:
            story = Story.objects.with_parts().get(pk=story_id)
            changes = read_changes(story, Cursor.parse(self.cursor))
            if changes.reload:
                fresh = Page.load(story_id)
                self.updates, self.parts, self.cursor = fresh.updates, fresh.parts, fresh.cursor
                return
            for update in changes.updates:
                if update.is_published:
                    self.updates[update.pk] = row_of(update)
                else:
                    self.updates.pop(update.pk, None)
            if changes.regions:
                self.parts = parts_of(story)
            self.cursor, more = changes.cursor, changes.more


def citations(text):
    """Sources that differ with the text, one of them in two roles."""
    efe, afp = (Source.objects.get_or_create(name=name)[0] for name in ("Efe", "AFP"))
    roles = Attribution.Role
    if text == "One.":
        return publishing.Citation(efe), publishing.Citation(efe, roles.QUOTED)
    return publishing.Citation(afp), publishing.Citation(efe, roles.PHOTO)


def assert_counts_are_true(story):
    row = Story.objects.get(pk=story.pk)
    counted = read_counts(row)
    assert {name: getattr(row, name) for name in counted} == counted


def act(editor, story, updates, verb, which, text):
    """Do one thing of an editor's day; what the state forbids is refused and changes nothing."""
    update = updates[which % len(updates)] if updates else cast.new_update(story)
    content = cast.content(text, sources=citations(text))
    verbs = {
        "publish": lambda: updates.append(
            publishing.publish(cast.new_update(story), by=editor, content=content)
        ),
        "draft": lambda: updates.append(
            publishing.save_draft(cast.new_update(story), content, by=editor)
        ),
        "publish_draft": lambda: publishing.publish(update, by=editor),
        "typo": lambda: publishing.edit(update, content, by=editor, kind="typo"),
        "body_typo": lambda: publishing.edit(
            update, replace(publishing.UpdateContent.of(update), body=text), by=editor, kind="typo"
        ),
        "correct": lambda: publishing.correct(update, content, by=editor, note=text),
        "backdate": lambda: publishing.edit(
            update,
            replace(content, published_at=Story.objects.get(pk=story.pk).opened_at),
            by=editor,
            kind="information",
        ),
        "retract": lambda: publishing.retract(update, by=editor, note="Wrong."),
        "restore": lambda: publishing.restore(update, by=editor),
        "undo": lambda: publishing.undo(update, by=editor),
        "pin": lambda: publishing.pin(update, by=editor),
        "unpin": lambda: publishing.unpin(update, by=editor),
        "key_event": lambda: publishing.mark_key_event(update, by=editor),
        "edit_story": lambda: publishing.edit_story(
            story, StoryContent(headline=text, slug=story.slug, summary=text), by=editor
        ),
        "end": lambda: publishing.end_story(story, by=editor),
        "open": lambda: publishing.open_story(story, by=editor),
    }
    try:
        verbs[verb]()
    except PublishingError:
        return


VERBS = [
    *("publish", "draft", "publish_draft", "typo", "body_typo", "correct", "backdate", "retract"),
    *("restore", "undo", "pin", "unpin", "key_event", "edit_story", "end", "open"),
]
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 9), st.sampled_from(["One.", "Two."])),
    max_size=14,
)


@pytest.mark.thorough
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_catching_up_from_any_moment_makes_the_page_of_now(db, steps):
    editor = cast.make_editor(f"editor-{Story.objects.count()}")
    story = cast.make_live_story(editor)
    pages, updates = [Page.load(story.pk)], []

    for step in steps:
        act(editor, story, updates, *step)
        pages.append(Page.load(story.pk))
        assert_counts_are_true(story)

    now = Page.load(story.pk)
    follower = Page("0")
    for page in [*pages, follower]:
        page.catch_up(story.pk)
        assert page == now
    revisions = Update.objects.filter(story=story).seen().values_list("revision", flat=True)
    assert all(1 <= each <= Story.objects.get(pk=story.pk).revision for each in revisions)


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_live_story(editor)


def changes(story, text):
    return read_changes(Story.objects.with_parts().get(pk=story.pk), Cursor.parse(text))


def test_a_commit_between_the_two_reads_is_not_lost(story, editor):
    row = Story.objects.with_parts().get(pk=story.pk)
    first = cast.publish(story, editor)

    answer = read_changes(row, Cursor("", 0))

    assert answer.updates == []
    assert answer.revision == 1  # what the row claims: the update comes next, and once
    assert changes(story, answer.cursor).updates == [first]


def test_nothing_new_costs_no_query(story, django_assert_num_queries):
    row = Story.objects.get(pk=story.pk)

    with django_assert_num_queries(0):
        answer = read_changes(row, Cursor.parse(row.cursor))

    assert (answer.updates, answer.regions, answer.reload) == ([], None, False)


@pytest.mark.parametrize(
    "text",
    ["", "x", "-1", "1", "00", "zz-1", "abc-", "abc--1", "abc-1 ", "abc-1\n", "a" * 500, "0-0x"],
)
def test_rubbish_makes_reload(story, text):
    assert changes(story, text).reload


def test_another_life_or_a_cursor_ahead_makes_reload(story):
    assert changes(story, f"{story.epoch}-99").reload
    other = "f" * 6 if story.epoch != "f" * 6 else "e" * 6
    assert changes(story, f"{other}-1").reload


def test_a_renamed_source_makes_reload(story, editor):
    efe = cast.make_source()
    cast.publish(story, editor, sources=(publishing.Citation(efe),))
    before = Story.objects.get(pk=story.pk).cursor
    publishing.rename_source(efe, by=cast.make_chief(), name="EFE Noticias")

    assert changes(story, before).reload
    assert not changes(story, "0").reload
    assert not changes(story, Story.objects.get(pk=story.pk).cursor).reload


def seen(story, count, first=2):
    Update.objects.bulk_create(
        Update(
            story=story,
            status="published",
            published_at=story.opened_at,
            number=number,
            revision=number,
        )
        for number in range(first, first + count)
    )
    Story.objects.filter(pk=story.pk).update(revision=first + count - 1)


def test_pages_of_changes_split_no_revision(story):
    seen(story, PAGE - 1)
    Update.objects.bulk_create(
        Update(
            story=story,
            status="published",
            published_at=story.opened_at,
            number=PAGE + 1,
            revision=PAGE + 1,
        )
        for _ in range(5)
    )
    Story.objects.filter(pk=story.pk).update(revision=PAGE + 3)
    seen(story, 2, first=PAGE + 2)

    first = changes(story, f"{story.epoch}-1")

    assert (len(first.updates), first.more, first.revision) == (PAGE + 4, True, PAGE + 1)
    rest = changes(story, first.cursor)
    assert (len(rest.updates), rest.more, rest.revision) == (2, False, PAGE + 3)


def test_more_than_five_hundred_changes_make_reload(story):
    seen(story, MOST)
    assert not changes(story, f"{story.epoch}-1").reload

    seen(story, 1, first=MOST + 2)
    assert changes(story, f"{story.epoch}-1").reload


def from_the_start(story):
    """Follow `changes/0` to its end; returns the updates' numbers, and how many answers it took."""
    numbers, cursor, answers = [], "0", 0
    while True:
        answer = changes(story, cursor)
        assert not answer.reload
        numbers += [each.number for each in answer.updates]
        cursor, answers = answer.cursor, answers + 1
        if not answer.more:
            return numbers, answers


def test_from_the_start_pages_through_everything(story):
    seen(story, 2 * MOST + 7)

    numbers, answers = from_the_start(story)

    assert numbers == list(range(2, 2 * MOST + 9))
    assert answers == -(-len(numbers) // PAGE)


def test_from_the_start_goes_on_after_one_long_revision(story):
    Update.objects.bulk_create(
        Update(story=story, status="published", published_at=story.opened_at, number=2, revision=2)
        for _ in range(MOST + 1)
    )
    seen(story, 2, first=3)

    numbers, answers = from_the_start(story)

    assert (numbers, answers) == ([2] * (MOST + 1) + [3, 4], 2)


def test_a_reader_who_was_away_too_long_reloads_however_they_began(story):
    seen(story, MOST + 1)

    end = changes(story, "0")
    while end.more:
        end = changes(story, end.cursor)
    seen(story, MOST + 1, first=MOST + 3)

    assert changes(story, end.cursor).reload
