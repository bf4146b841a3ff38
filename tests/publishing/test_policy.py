"""Who may do what, asked before anything of a row is read or said."""

import pytest

from liveblog import publishing
from liveblog.models import Update
from liveblog.publishing import Conflict, PublishingError, Refused, may
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return cast.make_reporter()


@pytest.fixture
def theirs(editor):
    """An update in a story whose team the reporter is not on."""
    story = cast.make_live_story(editor, "Closed desk")
    update = publishing.save_draft(cast.new_update(story), cast.content("SECRET."), by=editor)
    publishing.set_team(story, [cast.make_reporter("rita")], by=cast.make_chief())
    return update


def test_verb_that_there_is_not_is_nobodys(editor):
    with pytest.raises(ValueError, match="retrackt"):
        may(editor, "retrackt")


@pytest.mark.parametrize("verb", [publishing.save_draft, publishing.submit])
def test_known_id_in_another_story_tells_a_stranger_nothing(story, theirs, reporter, verb):
    with pytest.raises(Conflict) as conflict:
        verb(Update(id=theirs.pk, story=story), content=cast.content("Mine."), by=reporter)

    assert conflict.value.current is None
    assert conflict.value.attempted.headline == "Mine"
    assert "SECRET" not in str(conflict.value)


def test_known_id_in_another_story_shows_the_row_to_who_may_see_it(story, theirs, editor):
    with pytest.raises(Conflict) as conflict:
        publishing.save_draft(Update(id=theirs.pk, story=story), cast.content("Mine."), by=editor)

    assert conflict.value.current == theirs


def attempts(update, by):
    content = cast.content("Mine.")
    return {
        "save_draft": lambda: publishing.save_draft(update, content, by=by, version=0),
        "submit": lambda: publishing.submit(update, content=content, by=by, version=0),
        "delete_draft": lambda: publishing.delete_draft(update, by=by),
        "publish": lambda: publishing.publish(update, content=content, by=by, version=0),
        "send_back": lambda: publishing.send_back(update, by=by, note="No."),
        "unschedule": lambda: publishing.unschedule(update, by=by),
        "retract": lambda: publishing.retract(update, by=by, note="No."),
        "edit": lambda: publishing.edit(update, content, by=by, kind="typo", version=0),
        "pin": lambda: publishing.pin(update, by=by),
    }


@pytest.mark.parametrize("verb", attempts(None, None))
def test_refusal_is_the_same_whether_the_row_is_there_or_not(theirs, reporter, verb):
    messages = set()
    for update in (theirs, cast.new_update(theirs.story)):
        with pytest.raises(PublishingError) as refusal:
            attempts(update, reporter)[verb]()
        assert isinstance(refusal.value, Refused)
        messages.add(str(refusal.value))

    assert len(messages) == 1


def test_story_that_was_deleted_meanwhile_is_refused_in_words(editor):
    story = cast.make_story(editor)
    publishing.delete_story(story, by=editor)

    with pytest.raises(Refused, match="does not exist any more"):
        publishing.delete_story(story, by=editor)
