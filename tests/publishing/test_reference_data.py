"""Verbs on what many stories share."""

import pytest

from liveblog import publishing
from liveblog.models import Picture, Source, Story, Topic
from liveblog.publishing import Citation, Refused
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def efe():
    return cast.make_source("Efe")


@pytest.fixture
def stories(editor, efe):
    """Two stories that cite Efe, and one that does not."""
    citing = [cast.make_live_story(editor, name) for name in ("One", "Two")]
    for story in citing:
        cast.publish(story, editor, sources=(Citation(efe),))
    return [*citing, cast.make_live_story(editor, "Three")]


def reread(stories):
    return list(Story.objects.filter(pk__in=[story.pk for story in stories]).order_by("pk"))


def counters(stories):
    return [(each.revision, each.reload_revision) for each in reread(stories)]


def test_rename_makes_the_pages_that_show_it_reload(stories, efe):
    publishing.rename_source(efe, by=cast.make_chief(), name="EFE Noticias")

    assert counters(stories) == [(3, 3), (3, 3), (1, 0)]
    assert (Source.objects.get().name, Source.objects.get().slug) == ("EFE Noticias", "efe")


def test_rename_is_a_chief_editors(stories, efe, editor):
    with pytest.raises(Refused):
        publishing.rename_source(efe, by=editor, name="EFE")
    efe.name = "EFE"
    with pytest.raises(Refused):
        publishing.edit_shared(efe, by=editor)

    assert counters(stories) == [(2, 0), (2, 0), (1, 0)]


def test_merge_moves_citations(stories, efe):
    other = cast.make_source("EFE Noticias")

    publishing.merge_sources(efe, into=other, by=cast.make_chief())

    assert [each.slug for each in Source.objects.all()] == ["efe-noticias"]
    assert other.attributions.count() == 2
    assert [each.source_counts for each in reread(stories)] == [{str(other.pk): 1}] * 2 + [{}]
    assert counters(stories) == [(3, 3), (3, 3), (1, 0)]


def test_edit_of_a_picture_announces_its_story(editor):
    picture = publishing.create_shared(Picture(alt="A bridge"), by=editor)
    story = cast.make_live_story(editor, lead_picture=picture)

    picture.caption = "The bridge on Friday."
    publishing.edit_shared(picture, by=editor)

    assert counters([story]) == [(2, 2)]


def test_delete_keeps_what_is_in_use(stories, efe, editor):
    with pytest.raises(Refused):
        publishing.delete_shared(efe, by=editor)

    publishing.delete_shared(Topic.objects.create(name="Unused"), by=editor)

    assert Topic.objects.count() == 0


def test_reporter_proposes_sources_only():
    reporter = cast.make_reporter()

    publishing.create_shared(Source(name="Reuters", kind="agency"), by=reporter)

    with pytest.raises(Refused):
        publishing.create_shared(Topic(name="Ukraine"), by=reporter)
