"""Stories in the admin: their own parts, opening, ending, withdrawing."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from liveblog.models import Story, Topic, Update
from tests import cast

from .forms import add_page, list_of, page_of, story_form


def _verb(story, verb):
    return reverse(f"admin:liveblog_story_{verb}", args=[story.pk])


def test_new_story_is_a_draft_with_an_address(editor):
    topic = Topic.objects.create(name="Bridges")

    editor.post(add_page("story"), story_form(topics=[topic.pk]))

    story = Story.objects.get()
    assert (story.status, story.slug) == ("draft", "bridge-closed-in-kursk")
    assert list(story.topics.all()) == [topic]


def test_story_text_is_cleaned(editor, story):
    hostile = "<p>Words</p><script>evil()</script>"

    editor.post(page_of(story), story_form(introduction=hostile, summary=hostile))

    story.refresh_from_db()
    assert (story.introduction, story.summary) == ("<p>Words</p>", "<p>Words</p>")


def test_stale_story_is_refused_with_the_text_kept(editor, story):
    form = story_form(standfirst="Mine.", made_from=story.version)
    editor.post(page_of(story), story_form(standfirst="Theirs.", made_from=story.version))

    page = editor.post(page_of(story), form).content.decode()

    story.refresh_from_db()
    assert story.standfirst == "Theirs."
    assert "Mine." in page


def test_stale_story_shows_both_texts_and_mine_can_be_kept(editor, story):
    form = story_form(standfirst="The bridge is open.", made_from=story.version)
    theirs = story_form(standfirst="The bridge is closed.", made_from=story.version)
    editor.post(page_of(story), theirs)

    refused = editor.post(page_of(story), form)
    page = refused.content.decode()
    made_from = refused.context["adminform"].form["made_from"].value()
    editor.post(page_of(story), form | {"made_from": made_from, "_continue": "1"})

    assert "The bridge is <del>closed</del>" in page
    assert "The bridge is <ins>open</ins>" in page
    story.refresh_from_db()
    assert story.standfirst == "The bridge is open."


def test_opening_publishes_the_chosen_drafts(editor):
    story = cast.make_story(editor.user)
    drafts = [
        cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
        for _ in range(2)
    ]
    assert drafts[0].headline in editor.get(_verb(story, "open")).content.decode()

    editor.post(_verb(story, "open"), {"update": [str(drafts[0].pk), "rubbish"]})

    assert [update.pk for update in Update.objects.public()] == [drafts[0].pk]


def test_opened_drafts_follow_in_the_order_they_were_written(editor):
    story = cast.make_story(editor.user)
    drafts = [
        cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
        for _ in range(3)
    ]

    editor.post(_verb(story, "open"), {"update": [str(draft.pk) for draft in drafts]})

    assert list(Update.objects.public().oldest_first()) == drafts


def test_opening_offers_own_and_submitted_work_and_ticks_nothing(editor, chief, reporter):
    story = cast.make_story(editor.user)
    of = cast.publishing
    own, theirs, submitted, unsubmitted = (
        of.save_draft(cast.new_update(story), cast.content(), by=client.user)
        for client in (editor, chief, reporter, reporter)
    )
    of.submit(submitted, by=reporter.user)

    page = editor.get(_verb(story, "open"))
    everything = [own, theirs, submitted, unsubmitted]
    editor.post(_verb(story, "open"), {"update": [str(each.pk) for each in everything]})

    assert set(page.context["offered"]) == {own, submitted}
    assert "checked" not in page.content.decode().partition('class="command-form"')[2]
    assert "ron · " in page.content.decode()
    assert set(Update.objects.public()) == {own, submitted}


def test_reopening_publishes_nothing_unasked(editor, story):
    cast.publishing.end_story(story, by=editor.user)
    cast.publishing.save_draft(cast.new_update(story), cast.content("Held."), by=editor.user)

    editor.get(_verb(story, "open"))
    editor.post(_verb(story, "open"))

    story.refresh_from_db()
    assert (story.status, list(Update.objects.public())) == ("live", [])


def test_ending_asks_once_and_counts_what_waits(editor, story):
    _draft, held = (
        cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
        for _ in range(2)
    )
    soon = timezone.now() + timedelta(minutes=5)
    cast.publishing.schedule(held, by=editor.user, at=soon)

    page = editor.get(_verb(story, "end")).content.decode()

    assert "2 updates are waiting." in page
    assert "1 draft: it stays a draft." in page
    assert "1 scheduled: it is published at its time all the same." in page
    story.refresh_from_db()
    assert story.status == "live"


def test_ending_is_posted(editor, story):
    editor.post(_verb(story, "end"))

    story.refresh_from_db()
    assert story.status == "ended"


def test_withdrawing_is_a_chief_editors(editor, chief, story):
    assert editor.post(_verb(story, "withdraw")).status_code == 403

    chief.post(_verb(story, "withdraw"), {"note": "Legal."})

    story.refresh_from_db()
    assert story.status == "withdrawn"


def test_opened_story_cannot_be_deleted(editor, chief, story):
    address = reverse("admin:liveblog_story_delete", args=[story.pk])
    chosen = {"action": "delete_selected", "_selected_action": [story.pk], "post": "yes"}

    assert chief.post(address, {"post": "yes"}).status_code == 403
    chief.post(list_of("story"), chosen)

    assert Story.objects.exists()


def test_draft_story_goes_with_its_drafts(editor):
    story = cast.make_story(editor.user)
    cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)

    editor.post(reverse("admin:liveblog_story_delete", args=[story.pk]), {"post": "yes"})

    assert not Story.objects.exists()


def test_team_is_a_chief_editors_to_set(editor, chief, story):
    form = story_form(made_from=story.version, team=[editor.user.pk])

    editor.post(page_of(story), form)
    assert not story.team.exists()

    chief.post(page_of(story), form)
    assert list(story.team.all()) == [editor.user]


@pytest.mark.parametrize("name", ["introduction", "summary"])
def test_picture_inside_a_storys_own_text_is_refused_with_a_word(editor, story, name):
    """Readers would not see it: it has a place as lead picture, and in updates."""
    placed = f'<p>Words.</p><p><img data-picture="{uuid.uuid4()}" alt=""></p>'
    sent = story_form(**{name: placed}, made_from=story.version, _continue="")

    for address in (add_page("story"), page_of(story)):
        page = editor.post(address, sent)
        assert "no place here" in str(page.context["adminform"].form.errors[name])
        assert "Words." in page.content.decode()
    assert [getattr(each, name) for each in Story.objects.all()] == [""]
