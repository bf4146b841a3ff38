"""History in the admin: listed, compared, restored, and never rewritten."""

import pytest
from django.contrib import admin
from django.urls import reverse

from liveblog.models import Correction, Picture, Source, Version
from liveblog.publishing import Citation
from tests import cast

from .forms import page_of


def _history(row):
    return reverse(f"admin:liveblog_{row._meta.model_name}_history", args=[row.pk])


def _restore(row, version):
    name = f"admin:liveblog_{row._meta.model_name}_restore_version"
    return reverse(name, args=[row.pk, version.pk])


@pytest.fixture
def update(story, editor):
    update = cast.publish(story, editor.user, "Police open the bridge.")
    changed = cast.content("Police close the bridge.")
    return cast.publishing.correct(update, changed, by=editor.user, note="It was closed.")


def test_history_tells_who_did_what_and_why(editor, update):
    page = editor.get(_history(update))

    assert [version.verb for version in page.context["page"]] == ["correct", "publish"]
    assert "<strong>Corrected</strong>" in page.content.decode()
    assert "edith" in page.content.decode()
    assert "It was closed." in page.content.decode()
    desk = reverse("desk:page", args=[update.story_id])
    assert f'<a href="{desk}?show={update.pk}">' in page.content.decode()


def test_two_versions_are_compared_word_by_word(editor, update):
    new, old = update.versions.all()

    page = editor.get(_history(update), {"old": old.pk, "new": new.pk}).content.decode()

    assert "Police <del>open</del><ins>close</ins> the bridge." in page


def test_one_version_is_compared_with_the_one_before(editor, update):
    page = editor.get(_history(update), {"new": update.versions.first().pk}).content.decode()

    assert "<del>open</del><ins>close</ins>" in page


@pytest.mark.parametrize("asked", ["x", "0", "²", "99999999999999999999"])
def test_unknown_versions_are_not_found(editor, update, asked):
    assert editor.get(_history(update), {"old": asked, "new": asked}).status_code == 404


def test_versions_of_another_row_are_not_shown(editor, update, story):
    other = cast.publish(story, editor.user).versions.get()

    assert editor.get(_history(update), {"new": other.pk}).status_code == 404
    assert editor.get(_restore(update, other)).status_code == 404


def test_restoring_a_published_update_says_what_kind_of_edit_it_is(editor, update):
    page = _restore(update, update.versions.last())
    asked = {"made_from": update.version}

    refused = editor.post(page, asked)
    assert "kind_of_edit" in refused.context["form"].errors

    editor.post(page, asked | {"kind_of_edit": "correction", "note": "It is open."})
    update.refresh_from_db()
    assert update.body == "<p>Police open the bridge.</p>"
    assert update.versions.count() == 3
    assert Correction.objects.count() == 2


def test_a_version_with_a_picture_is_restored(editor, story):
    picture = Picture.objects.create(alt="A bridge")
    with_picture = cast.content("A.", pictures=(picture.pk,))
    draft = cast.publishing.save_draft(cast.new_update(story), with_picture, by=editor.user)
    cast.publishing.save_draft(draft, cast.content("B."), by=editor.user)

    answer = editor.post(_restore(draft, draft.versions.last()), {"made_from": 2})

    assert answer.status_code == 302
    assert [each.picture for each in draft.pictures.all()] == [picture]


def test_restoring_refuses_what_was_saved_meanwhile(editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content("A."), by=editor.user)
    cast.publishing.save_draft(draft, cast.content("B."), by=editor.user)

    page = editor.post(_restore(draft, draft.versions.last()), {"made_from": 1})

    assert "Draft saved by edith" in page.content.decode()
    draft.refresh_from_db()
    assert draft.headline == "B"


def test_what_a_version_cites_and_is_gone_stays_out(editor, story):
    content = cast.content("A.", sources=(Citation(cast.make_source("Efe")),))
    draft = cast.publishing.save_draft(cast.new_update(story), content, by=editor.user)
    cast.publishing.save_draft(draft, cast.content("B."), by=editor.user)
    cast.publishing.merge_sources(
        Source.objects.get(name="Efe"), into=cast.make_source("Agencia EFE"), by=cast.make_chief()
    )
    page = _restore(draft, draft.versions.last())

    assert "stay out: Efe." in editor.get(page).text
    editor.post(page, {"made_from": 2})

    draft.refresh_from_db()
    assert (draft.headline, draft.attributions.count()) == ("A", 0)


def test_story_is_restored_as_a_new_version(editor, story):
    first = Version.objects.of_story(story).last()
    changed = cast.publishing.StoryContent(headline="Tunnel closed", standfirst="New.")
    story = cast.publishing.edit_story(story, changed, by=editor.user)

    editor.post(_restore(story, first), {"made_from": story.version})

    story.refresh_from_db()
    assert (story.headline, story.standfirst) == ("Bridge closed in Kursk", "")
    assert story.status == "live"
    assert Version.objects.of_story(story).first().verb == "edit_story"


def test_reporter_reads_the_history_and_restores_their_own_draft(reporter, story, update):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content("A."), by=reporter.user)
    cast.publishing.save_draft(draft, cast.content("B."), by=reporter.user)
    first = draft.versions.last()

    assert reporter.get(_history(update)).status_code == 200
    seen = _restore(update, update.versions.last())
    assert reporter.post(seen, {"made_from": update.version}).status_code == 403
    reporter.post(_restore(draft, first), {"made_from": 2})

    draft.refresh_from_db()
    assert draft.headline == "A"


def test_retracted_updates_keep_their_history_and_are_not_edited_by_it(editor, update):
    cast.publishing.retract(update, by=editor.user, without_trace=True)

    assert editor.get(_history(update)).status_code == 200
    assert editor.get(_restore(update, update.versions.last())).status_code == 403


def test_a_changed_link_is_a_difference(editor, story):
    draft = cast.new_update(story)
    for address in ("https://one.example/", "https://two.example/"):
        body = f'<p><a href="{address}">Read</a></p>'
        cast.publishing.save_draft(draft, cast.content("A.", body=body), by=editor.user)

    page = editor.get(_history(draft), {"new": Version.objects.first().pk}).content.decode()

    assert "<del>one</del><ins>two</ins>" in page


def test_hostile_words_are_escaped(editor, story):
    draft = cast.new_update(story)
    for words in ("One", "<script>evil()</script>"):
        kept = cast.content("A.", headline=words)
        cast.publishing.save_draft(draft, kept, by=editor.user)

    page = editor.get(_history(draft), {"new": Version.objects.first().pk}).content.decode()

    assert "<script>evil" not in page
    assert "evil" in page


def test_no_page_of_the_admin_edits_versions():
    assert not admin.site.is_registered(Version)
    shown = {inline.model for each in admin.site._registry.values() for inline in each.inlines}
    assert Version not in shown


def test_pages_link_to_the_history(editor, update, story):
    for row in (update, story):
        assert _history(row) in editor.get(page_of(row)).content.decode()
