"""What comes from memory is what would be rendered, and nothing changes behind its revision."""

import logging

import pytest

from liveblog import publishing
from liveblog.models import Person, Picture, Source, Story, Topic, Update
from liveblog.publishing import Citation, StoryContent, UpdateContent
from liveblog.queries.pagination import load_updates, read_page
from liveblog.queries.regions import read_regions
from liveblog.rendering import article_cache, evict_story, preview_update, story_page
from liveblog.rendering.article_cache import _cached
from liveblog.rendering.articles import articles_of
from tests import cast
from tests.newsroom import START, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def unchecked(settings):
    settings.CHECK_RENDERED = 0


@pytest.fixture
def chief():
    return cast.make_chief()


@pytest.fixture
def update(chief):
    """A published update with everything that its article can show, and a pinned one above it."""
    ana = Person.objects.create(name="Ana Ruiz")
    picture = make_picture(caption="A bridge.", credit=cast.make_source("AP"))
    story = cast.make_live_story(
        chief,
        "Bridge",
        slug="bridge",
        language="en",
        timezone="UTC",
        bylines=(ana,),
        topics=frozenset([Topic.objects.create(name="Rivers")]),
        lead_picture=make_picture(caption="The lead."),
    )
    row = cast.publish(
        story,
        chief,
        "Words.",
        headline="Headline",
        sources=(Citation(cast.make_source("Efe")),),
        bylines=(Person.objects.create(name="Olena"),),
        pictures=(picture.pk,),
        is_key_event=True,
    )
    publishing.pin(cast.publish(story, chief, "Pinned.", headline="Pinned"), by=chief)
    publishing.pin(cast.publish(story, chief, "Once pinned."), by=chief)
    return row


def rewrite(**changed):
    def act(update, chief):
        row = Update.objects.get(pk=update.pk)
        values = {**UpdateContent.of(row).__dict__, **changed}
        publishing.edit(row, UpdateContent(**values), by=chief, kind=act.kind, note=act.note)

    act.kind, act.note = "typo", ""
    return act


def corrected(update, chief):
    publishing.correct(update, cast.content("Right words."), by=chief, note="It was wrong.")


def edit_shared(model, **changed):
    def act(update, chief):
        row = model.objects.order_by("pk").first()
        for name, value in changed.items():
            setattr(row, name, value)
        publishing.edit_shared(row, by=chief)

    return act


def edit_story(**changed):
    def act(update, chief):
        story = Story.objects.get()
        values = {**StoryContent.of(story).__dict__, **changed}
        publishing.edit_story(story, StoryContent(**values), by=chief)

    return act


def source(name):
    return Source.objects.get(name=name)


VERBS = {
    "publish": lambda it, by: cast.publish(it.story, by, "More."),
    "edit text": rewrite(body="<p>Other.</p>"),
    "edit headline": rewrite(headline="Other"),
    "edit verification": rewrite(verification="unconfirmed"),
    "edit key event": rewrite(is_key_event=False),
    "edit bylines": rewrite(bylines=()),
    "edit pictures": rewrite(pictures=()),
    "edit sources": rewrite(sources=()),
    "edit time": rewrite(published_at=START),
    "correct": corrected,
    "verify": lambda it, by: publishing.verify([it.pk], by=by, verification="false"),
    "pin": lambda it, by: publishing.pin(it, by=by),
    "unpin": lambda it, by: publishing.unpin(Update.objects.pinned().get(), by=by),
    "mark": lambda it, by: publishing.mark_key_event(it, by=by, is_key_event=False),
    "retract": lambda it, by: publishing.retract(it, by=by, note="Wrong."),
    "retract without trace": lambda it, by: publishing.retract(it, by=by, without_trace=True),
    "undo": lambda it, by: publishing.undo(it, by=by),
    "rename source": lambda it, by: publishing.rename_source(source("Efe"), by=by, name="EFE"),
    "merge sources": lambda it, by: publishing.merge_sources(
        source("Efe"), into=source("AP"), by=by
    ),
    "credit of a picture": lambda it, by: publishing.rename_source(
        source("AP"), by=by, name="A. P."
    ),
    "person": edit_shared(Person, name="Anna", role="Editor"),
    "topic": edit_shared(Topic, name="Streams"),
    "picture": edit_shared(Picture, caption="Another caption."),
    "story headline": edit_story(headline="Another headline"),
    "story bylines": edit_story(bylines=()),
    "story topics": edit_story(topics=frozenset()),
    "story picture": edit_story(lead_picture=None),
    "story times": edit_story(times_assigned=True),
    "story zone": edit_story(timezone="Asia/Tokyo"),
    "story language": edit_story(language="es"),
    "story address": edit_story(slug="bridge-2"),
    "story summary": edit_story(summary="<p>Known.</p>"),
    "check summary": lambda it, by: publishing.check_summary(it.story, by=by),
    "end": lambda it, by: publishing.end_story(it.story, by=by),
}


def everything(client):
    """All that readers may fetch of the story, by address."""
    slug = Story.objects.get().slug
    story = f"/live/{slug}/"
    beside = ("", "?order=oldest", "embed/", "fragment/", "changes/0")
    feeds = ("rss.xml", "atom.xml", "feed.json")
    addresses = ["/", "/front.json", *(f"/feeds/{name}" for name in feeds)]
    addresses += [story + name for name in (*beside, *feeds)]
    addresses += [f"{story}updates/{each.pk}/" for each in Update.objects.order_by("number")]
    return {address: client.get(address).content for address in addresses}


@pytest.mark.thorough
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_after_every_verb_memory_shows_what_the_rows_do(client, update, chief, verb):
    everything(client)

    verb(Update.objects.get(pk=update.pk), chief)
    remembered = everything(client)
    evict_story(None)

    assert remembered == everything(client)


def articles(update):
    story = Story.objects.get(pk=update.story_id)
    return articles_of(story, read_page(story).updates, load_updates)


def test_known_articles_are_not_rendered_again(update):
    assert [id(each) for each in articles(update)] == [id(each) for each in articles(update)]


@pytest.mark.parametrize("column", ["headline", "body_html"])
def test_a_change_behind_the_revision_is_reported(update, settings, caplog, column):
    settings.CHECK_RENDERED = 1
    articles(update)
    Update.objects.filter(pk=update.pk).update(**{column: "Behind."})

    with caplog.at_level(logging.ERROR):
        articles(update)

    [record] = [each for each in caplog.records if each.name == article_cache.__name__]
    assert str(update.pk) in record.getMessage()
    caplog.clear()


def test_what_was_taken_down_since_its_row_was_read_is_left_out(update, chief):
    story = Story.objects.get(pk=update.story_id)
    rows = read_page(story).updates
    publishing.retract(update, by=chief, without_trace=True)

    shown = articles_of(story, rows, load_updates)

    assert len(shown) == len(rows) - 1
    assert not [each for each in shown if "Words." in each.html]


def test_page_without_what_was_taken_down_is_no_frame_for_all(update, chief):
    """One reader's page was read before a takedown, and rendered after it; another's before."""
    story = Story.objects.get(pk=update.story_id)
    shown = read_page(story)
    articles(update)
    before = dict(_cached)
    publishing.retract(update, by=chief, without_trace=True)
    evict_story(None)

    fewer = page_of(story, shown)
    _cached.update(before)
    whole = page_of(story, shown)

    assert [each.count("</html>") for each in (fewer, whole)] == [1, 1]
    assert whole.count("<article") == fewer.count("<article") + 1


def page_of(story, shown):
    return story_page(story, shown, read=read_regions, load=load_updates, now=START)


def test_draft_is_never_held(update, chief):
    draft = publishing.save_draft(
        cast.new_update(update.story), by=chief, content=cast.content("Draft.")
    )
    evict_story(None)
    row = Update.objects.select_related("story").with_parts().get(pk=draft.pk)

    preview_update(row, now=START)

    assert not _cached


def test_preview_of_other_words_is_never_held(update):
    row = Update.objects.select_related("story").with_parts().get(pk=update.pk)
    row.body = "<p>Unsaved.</p>"

    preview_update(row, now=START)

    assert not [each for each in articles(update) if "Unsaved." in each.html]


def test_removal_drops_all_of_the_story(client, update):
    everything(client)
    other = cast.publish(cast.make_live_story(cast.make_editor(), "Other"), cast.make_editor("two"))
    articles(other)

    evict_story(update.story_id)

    assert {held.story_id for held in _cached.values()} == {other.story_id}


def test_memory_is_bounded(update, chief, monkeypatch):
    monkeypatch.setattr(article_cache, "MOST", 2)
    for _ in range(4):
        cast.publish(update.story, chief)
    articles(update)

    assert len(_cached) <= 2
