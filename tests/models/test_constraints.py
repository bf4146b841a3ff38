"""What the database itself refuses, whoever writes."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from liveblog.models import (
    Announcement,
    Attribution,
    Correction,
    OldAddress,
    Person,
    Picture,
    Source,
    Story,
    StoryByline,
    Topic,
    Update,
    UpdateByline,
    UpdatePicture,
    Version,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def make_story(**fields):
    made = {"slug": "kursk", "headline": "Kursk", "status": "live", "revision": 9, "opened_at": NOW}
    return Story(**{**made, **fields})


def make_update(story, **fields):
    made = {"status": "published", "published_at": NOW, "number": 1, "revision": 1}
    return Update(story=story, **{**made, **fields})


DRAFT = {"status": "draft", "published_at": None, "number": None, "revision": None}


@pytest.fixture
def story():
    story = make_story()
    story.save()
    return story


@pytest.fixture
def update(story):
    update = make_update(story)
    update.save()
    return update


def refusal(row) -> str:
    """Save a row that the database has to refuse; returns its reason."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    return str(refused.value)


STORIES = [
    ("story_status_is_known", {"status": "deleted"}),
    ("story_changed_revision_within", {"changed_revision": 10}),
    ("story_reload_revision_within", {"reload_revision": 10}),
    ("story_version_from_one", {"version": 0}),
    ("story_seen_has_revision", {"revision": 0}),
    ("story_seen_has_revision", {"opened_at": None}),
    ("story_has_headline", {"headline": ""}),
    ("story_has_address", {"slug": ""}),
]
UPDATES = [
    ("update_status_is_known", {"status": "deleted"}),
    ("update_kind_is_known", {"kind": "rumour"}),
    ("update_verification_is_known", {"verification": "perhaps"}),
    ("update_seen_has_numbers", {"published_at": None}),
    ("update_seen_has_numbers", {"number": None, "revision": None}),
    ("update_seen_has_numbers", {**DRAFT, "status": "retracted", "retracted_at": NOW}),
    ("update_number_with_revision", {**DRAFT, "number": 1}),
    ("update_number_with_revision", {**DRAFT, "revision": 1}),
    ("update_number_with_revision", {"number": 2, "revision": 1}),
    ("update_scheduled_has_time", {**DRAFT, "status": "scheduled"}),
    ("update_retracted_has_time", {"status": "retracted"}),
    ("update_pinned_is_published", {**DRAFT, "is_pinned": True}),
    ("update_version_from_one", {"version": 0}),
]


def test_rows_as_they_should_be_are_taken(update):
    assert Update.objects.public().get() == update


@pytest.mark.parametrize(("constraint", "fields"), STORIES)
def test_story_is_refused(constraint, fields):
    assert constraint in refusal(make_story(**fields))


@pytest.mark.parametrize(("constraint", "fields"), UPDATES)
def test_update_is_refused(story, constraint, fields):
    assert constraint in refusal(make_update(story, **fields))


def test_a_second_announcement_of_a_story_in_a_channel_is_refused(story):
    Announcement.objects.create(story=story, channel="websub", cursor="x-1", at=NOW)

    again = Announcement(story=story, channel="websub", cursor="x-2", at=NOW)

    name = named("one_announcement_per_story_and_channel", "story_id")
    assert name in refusal(again)


def test_a_second_pin_in_a_story_is_refused(story):
    make_update(story, is_pinned=True).save()

    assert named("one_pin_per_story", "story_id") in refusal(make_update(story, is_pinned=True))


def test_another_story_has_a_pin_of_its_own(story):
    make_update(story, is_pinned=True).save()
    other = make_story(slug="other")
    other.save()

    make_update(other, is_pinned=True).save()


def named(constraint, *columns) -> str:
    """How the database calls a unique constraint: SQLite names its columns."""
    return constraint if connection.vendor == "postgresql" else columns[0]


def test_an_address_belongs_to_one_story(story):
    assert "slug" in refusal(make_story())
    OldAddress(slug="before", story=story).save()
    assert "slug" in refusal(OldAddress(slug="before", story=story))


def test_a_byline_stands_once(story, update):
    person = Person.objects.create(name="Ana Ruiz")
    for byline, name in (
        (lambda: StoryByline(story=story, person=person), "person_once_per_story"),
        (lambda: UpdateByline(update=update, person=person), "person_once_per_update"),
    ):
        byline().save()
        assert named(name, "person_id") in refusal(byline())


def test_a_source_is_cited_once_in_each_role(update):
    source = Source.objects.create(name="Efe")
    Attribution(update=update, source=source, role="quoted").save()
    Attribution(update=update, source=source, role="photo").save()

    again = Attribution(update=update, source=source, role="photo")
    assert named("source_once_per_update_and_role", "source_id") in refusal(again)


def test_a_picture_stands_once_in_an_update(update):
    picture = Picture.objects.create(alt="A bridge")
    UpdatePicture(update=update, picture=picture).save()

    again = UpdatePicture(update=update, picture=picture)
    assert named("picture_once_per_update", "picture_id") in refusal(again)


def test_kinds_and_roles_are_known_ones(update):
    source = Source.objects.create(name="Efe")
    role = Attribution(update=update, source=source, role="heard")

    assert "source_kind_is_known" in refusal(Source(name="x", kind="rumour"))
    assert "attribution_role_is_known" in refusal(role)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("correction_has_note", {"note": ""}),
        ("correction_kind_is_known", {"kind": "typo"}),
    ],
)
def test_correction_is_refused(update, constraint, fields):
    made = {"story": update.story, "update": update, "kind": "correction", "note": "A road."}
    assert constraint in refusal(Correction(**{**made, "corrected_at": NOW, **fields}))


def test_a_version_keeps_its_updates_id(update):
    version = Version(
        story=update.story, update=update, version=1, verb="publish", content={}, at=NOW
    )

    assert "version_of_update_keeps_id" in refusal(version)


@pytest.mark.parametrize("model", [Topic, Source, Person])
def test_one_address_for_each_name(model):
    model.objects.create(name="Agence France-Presse")

    assert "slug" in refusal(model(name="AGENCE France Presse"))


def test_what_history_needs_cannot_be_deleted(story, update):
    source = Source.objects.create(name="Efe")
    person = Person.objects.create(name="Ana Ruiz")
    picture = Picture.objects.create(alt="A bridge", credit=source)
    Attribution.objects.create(update=update, source=source)
    UpdateByline.objects.create(update=update, person=person)
    UpdatePicture.objects.create(update=update, picture=picture)

    for row in (story, source, person, picture):
        with pytest.raises(models.ProtectedError):
            row.delete()


def test_work_outlives_its_writers_account(story):
    writer = User.objects.create(username="ron")
    update = make_update(story, created_by=writer)
    update.save()

    writer.delete()

    update.refresh_from_db()
    assert update.created_by is None


def test_every_check_constraint_is_tested():
    """A constraint added without a test here fails."""
    text = Path(__file__).read_text()
    names = {
        constraint.name
        for model in apps.get_app_config("liveblog").get_models()
        for constraint in model._meta.constraints
    }

    assert {name for name in names if f'"{name}"' not in text} == set()
