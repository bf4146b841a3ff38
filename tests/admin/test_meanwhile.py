"""What somebody else did meanwhile is said with who and when, and the editor's text is kept."""

import pytest
from django.urls import reverse

from liveblog import publishing
from liveblog.models import Source, Story, Update
from tests import cast

from .forms import change_form, page_of, story_form


@pytest.fixture
def published(editor, story):
    return cast.publish(story, editor.user, "The bridge is closed.")


@pytest.fixture
def draft(editor, story):
    content = cast.content("The bridge is closed.")
    return publishing.save_draft(cast.new_update(story), content, by=editor.user)


def mine(update, **more):
    return change_form(update, body="<p>The bridge is open.</p>", **more)


def text_of(page):
    return page.context["adminform"].form["body"].value()


def copy_of_mine(client, page, sent):
    shown = page.context["adminform"].form
    kept = {name: shown[name].value() for name in ("client_id", "made_from", "body")}
    return client.post(page.request["PATH_INFO"], sent | kept | {"_copy": ""})


def test_edit_of_what_was_retracted_meanwhile_says_by_whom(editor, chief, published):
    sent = mine(published, kind_of_edit="typo", _edit="")
    publishing.retract(published, by=chief.user, note="Wrong bridge.")

    page = editor.post(page_of(published), sent)

    assert "Retracted by chiara" in page.content.decode()
    assert text_of(page) == "<p>The bridge is open.</p>"
    copy_of_mine(editor, page, sent)
    copy = Update.objects.exclude(pk=published.pk).get()
    assert (copy.status, copy.body) == ("draft", "<p>The bridge is open.</p>")
    published.refresh_from_db()
    assert (published.status, published.body) == ("retracted", "<p>The bridge is closed.</p>")


def test_reporter_keeps_what_was_written_over_a_publication(editor, reporter, story):
    update = publishing.save_draft(cast.new_update(story), cast.content("One."), by=reporter.user)
    sent = mine(update, _draft="")
    publishing.publish(update, by=editor.user)

    page = reporter.post(page_of(update), sent)

    assert "Published by edith" in page.content.decode()
    assert text_of(page) == "<p>The bridge is open.</p>"
    copy_of_mine(reporter, page, sent)
    copy = Update.objects.exclude(pk=update.pk).get()
    assert (copy.status, copy.body, copy.created_by) == (
        "draft",
        "<p>The bridge is open.</p>",
        reporter.user,
    )


def test_edit_of_a_deleted_draft_says_by_whom_and_keeps_the_text(editor, chief, draft):
    sent = mine(draft, _draft="") | {"attributions-INITIAL_FORMS": 1, "attributions-0-id": 7}
    publishing.delete_draft(draft, by=chief.user)

    page = editor.post(page_of(draft), sent)

    html = page.content.decode()
    assert "Draft deleted by chiara" in html
    assert text_of(page) == "<p>The bridge is open.</p>"
    assert f'action="{reverse("admin:liveblog_update_add")}"' in html
    shown = page.context["adminform"].form
    again = sent | {name: shown[name].value() for name in ("client_id", "made_from", "story")}
    again |= {"attributions-INITIAL_FORMS": 0}
    for _retry in range(2):
        editor.post(reverse("admin:liveblog_update_add"), again)
    assert [each.body for each in Update.objects.all()] == ["<p>The bridge is open.</p>"]


def test_deletion_in_a_story_of_others_is_not_told(editor, chief, reporter, draft):
    publishing.set_team(draft.story, [editor.user], by=chief.user)
    sent = mine(draft, _draft="")
    publishing.delete_draft(draft, by=chief.user)

    page = reporter.post(page_of(draft), sent)

    assert "chiara" not in page.content.decode()
    assert text_of(page) == "<p>The bridge is open.</p>"


def test_edit_of_a_deleted_story_keeps_the_text(editor, chief):
    story = cast.make_story(editor.user)
    sent = story_form(made_from=story.version, standfirst="Half a day's work.", _continue="")
    publishing.delete_story(story, by=chief.user)

    page = editor.post(page_of(story), sent)

    assert "It was deleted meanwhile. Your text is kept" in page.content.decode()
    assert page.context["adminform"].form["standfirst"].value() == "Half a day's work."
    editor.post(reverse("admin:liveblog_story_add"), sent)
    assert Story.objects.get().standfirst == "Half a day's work."


def test_edit_of_a_deleted_source_keeps_the_text(chief):
    source = cast.make_source("Efe")
    address = page_of(source)
    Source.objects.all().delete()

    page = chief.post(address, {"name": "Agencia Efe", "kind": "agency"})

    assert page.context["adminform"].form["name"].value() == "Agencia Efe"


def test_story_that_was_ended_meanwhile_says_by_whom(editor, chief, story):
    sent = story_form(made_from=story.version, standfirst="Mine.", _continue="")
    publishing.end_story(story, by=chief.user)

    page = editor.post(page_of(story), sent).content.decode()

    assert "Ended by chiara" in page
    assert "It is “ended” now." in page
