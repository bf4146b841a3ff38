"""Every verb × every role below its own: refused, and nothing changed."""

import inspect
from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Picture, Source, Story, Topic, Update, Version
from liveblog.publishing import PublishingError
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def rows(editor):
    """One object of each kind, which an editor made: nothing of it is a reporter's."""
    story, unopened = cast.make_live_story(editor), cast.make_story(editor, "Unopened")
    draft = publishing.save_draft(cast.new_update(story), cast.content(), by=editor)
    later = timezone.now() + timedelta(hours=1)
    planned = publishing.schedule(
        cast.new_update(story), by=editor, content=cast.content(), at=later
    )
    shown = cast.publish(story, editor)
    return {
        "story": story,
        "unopened": unopened,
        "draft": draft,
        "submitted": publishing.submit(cast.new_update(story), content=cast.content(), by=editor),
        "planned": planned,
        "shown": shown,
        "pinned": publishing.pin(cast.publish(story, editor), by=editor),
        "gone": publishing.retract(cast.publish(story, editor), by=editor, note="No."),
        "source": cast.make_source("Efe"),
        "other": cast.make_source("AP"),
        "topic": Topic.objects.create(name="Bridges"),
        "later": later,
    }


EDITORS = {  # what a reporter may not do
    "publish": lambda by, the: publishing.publish(the["draft"], by=by),
    "schedule": lambda by, the: publishing.schedule(the["draft"], by=by, at=the["later"]),
    "unschedule": lambda by, the: publishing.unschedule(the["planned"], by=by),
    "send_back": lambda by, the: publishing.send_back(the["submitted"], by=by, note="No."),
    "edit": lambda by, the: publishing.edit(the["shown"], cast.content(), by=by, kind="typo"),
    "correct": lambda by, the: publishing.correct(the["shown"], cast.content(), by=by, note="No."),
    "retract": lambda by, the: publishing.retract(the["shown"], by=by, note="No."),
    "retract_all": lambda by, the: publishing.retract_all([the["shown"].pk], by=by, note="No."),
    "undo": lambda by, the: publishing.undo(the["shown"], by=by),
    "restore": lambda by, the: publishing.restore(the["gone"], by=by),
    "pin": lambda by, the: publishing.pin(the["shown"], by=by),
    "unpin": lambda by, the: publishing.unpin(the["pinned"], by=by),
    "verify": lambda by, the: publishing.verify([the["shown"].pk], by=by, verification="false"),
    "mark_key_event": lambda by, the: publishing.mark_key_event(the["shown"], by=by),
    "delete_draft": lambda by, the: publishing.delete_draft(the["draft"], by=by),
    "save_draft": lambda by, the: publishing.save_draft(the["draft"], cast.content(), by=by),
    "submit": lambda by, the: publishing.submit(the["draft"], by=by),
    "create_story": lambda by, the: cast.make_story(by),
    "open_story": lambda by, the: publishing.open_story(the["unopened"], by=by),
    "end_story": lambda by, the: publishing.end_story(the["story"], by=by),
    "edit_story": lambda by, the: publishing.edit_story(
        the["story"], publishing.StoryContent(headline="Mine", slug=the["story"].slug), by=by
    ),
    "check_summary": lambda by, the: publishing.check_summary(the["story"], by=by),
    "delete_story": lambda by, the: publishing.delete_story(the["unopened"], by=by),
    "create_shared": lambda by, the: publishing.create_shared(Topic(name="Mine"), by=by),
    "edit_shared": lambda by, the: publishing.edit_shared(the["topic"], by=by),
    "delete_shared": lambda by, the: publishing.delete_shared(the["topic"], by=by),
}
CHIEFS = {  # nor an editor
    "withdraw_story": lambda by, the: publishing.withdraw_story(the["story"], by=by),
    "rename_source": lambda by, the: publishing.rename_source(the["source"], by=by, name="EFE"),
    "merge_sources": lambda by, the: publishing.merge_sources(
        the["source"], into=the["other"], by=by
    ),
    "set_team": lambda by, the: publishing.set_team(the["story"], [by], by=by),
}

REPORTERS = {"add_picture", "describe_picture", "propose_source"}
WITH_TESTS_OF_THEIR_OWN = {
    *("revive", "set_silence_alarm"),
    *("create_token", "revoke_token", "save_webhook", "delete_webhook", "rotate_secret"),
    *("pause_webhook", "resume_webhook", "send_again"),
    "record",  # the deed's own verb has asked
}


def everything():
    models = (Story, Update, Version, Source, Topic, Picture)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refused(verb, by, rows):
    before = everything()
    with pytest.raises(PublishingError):
        verb(by, rows)
    return everything() == before


@pytest.mark.parametrize("verb", [*EDITORS, *CHIEFS])
@pytest.mark.parametrize("role", ["stranger", "reporter"])
def test_verb_is_not_a_reporters(rows, role, verb):
    by = cast.make_reporter() if role == "reporter" else cast.make_user("stan")

    assert refused((EDITORS | CHIEFS)[verb], by, rows)


@pytest.mark.parametrize("verb", CHIEFS)
def test_verb_is_not_an_editors(rows, editor, verb):
    assert refused(CHIEFS[verb], editor, rows)


@pytest.mark.parametrize("verb", [*EDITORS, *CHIEFS])
def test_verb_is_a_chief_editors(rows, verb):
    (EDITORS | CHIEFS)[verb](cast.make_chief(), rows)


def test_all_verbs_are_tried():
    """A verb that is new has to be added to one of the lists, or to these."""
    elsewhere = REPORTERS | WITH_TESTS_OF_THEIR_OWN
    verbs = {
        name
        for name in publishing.__all__
        if inspect.isfunction(getattr(publishing, name))
        and "by" in inspect.signature(getattr(publishing, name)).parameters
    }

    assert verbs - elsewhere <= {*EDITORS, *CHIEFS}
