"""An article that is kept is the one that would be drawn."""

import pytest

from liveblog.models import Correction, Person, Picture, Source, Story, Update
from liveblog.queries.changes import Cursor, read_changes
from liveblog.rendering import article_cache, preview_update, render_changes, update_html
from tests.newsroom import START, cite, make_picture, make_published_update, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def update():
    """A published update with everything that its article can show, which was drawn once."""
    update = make_published_update(make_story(language="en"))
    cite(update, "Efe")
    make_picture(update, caption="A bridge.", credit=Source.objects.create(name="AP"))
    update.bylines.create(person=Person.objects.create(name="Ana"))
    draw(update)
    return update


def load(update):
    return Update.objects.select_related("story").with_parts().get(pk=update.pk)


def draw(update):
    return update_html(load(update))


def test_article_is_drawn_once(update):
    assert draw(update) is draw(update)


CHANGES = {
    "headline": lambda it: rows(it).update(headline="Other"),
    "text": lambda it: rows(it).update(body="<p>Other.</p>", body_html="<p>Other.</p>"),
    "time": lambda it: rows(it).update(published_at=START),
    "verification": lambda it: rows(it).update(verification="false"),
    "key event": lambda it: rows(it).update(is_key_event=True),
    "pin": lambda it: rows(it).update(is_pinned=True),
    "source": lambda it: Source.objects.filter(name="Efe").update(name="EFE"),
    "citation": lambda it: it.attributions.update(role="quoted"),
    "person": lambda it: Person.objects.update(name="Olena"),
    "caption": lambda it: Picture.objects.update(caption="A river."),
    "credit": lambda it: Source.objects.filter(name="AP").update(credit_line="A. P."),
    "correction": lambda it: it.corrections.create(
        story=it.story, kind=Correction.Kind.CORRECTION, note="Wrong.", corrected_at=START
    ),
    "address": lambda it: Story.objects.update(slug="elsewhere"),
    "zone": lambda it: Story.objects.update(timezone="Asia/Tokyo"),
    "language": lambda it: Story.objects.update(language="es"),
}


def rows(update):
    return Update.objects.filter(pk=update.pk)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_draws_it_anew(update, change):
    update.published_at = START.replace(hour=9)
    update.save()
    before = draw(update)

    change(update)
    after = draw(update)
    article_cache._articles.clear()

    assert after != before
    assert after == draw(update)


def test_draft_is_never_kept(update):
    rows(update).update(status=Update.Status.DRAFT)
    article_cache._articles.clear()

    preview_update(load(update), now=START)

    assert not article_cache._articles


def test_removal_takes_it_out(update):
    story = Story.objects.with_parts().get(pk=update.story_id)
    rows(update).update(status=Update.Status.RETRACTED, retracted_at=START)

    changes = read_changes(story, Cursor(story.epoch, update.revision - 1))
    render_changes(changes, now=START)

    assert update.pk not in {place[0] for place in article_cache._articles}


def test_memory_is_bounded(update, monkeypatch):
    monkeypatch.setattr(article_cache, "MOST", 2)
    for _ in range(4):
        draw(make_published_update(update.story))

    assert len(article_cache._articles) <= 2
