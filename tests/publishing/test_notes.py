"""Notes that no column can hold are refused before a database has to; no NUL reaches one."""

import pytest

from liveblog import publishing
from tests import cast

pytestmark = pytest.mark.django_db
LONG = "x" * 1001


def _submit(story, editor):
    return publishing.submit(cast.new_update(story), by=editor, content=cast.content())


VERBS = {
    "retract": lambda story, by, note: publishing.retract(
        cast.publish(story, by), by=by, note=note
    ),
    "retract all": lambda story, by, note: publishing.retract_all(
        [cast.publish(story, by).pk], by=by, note=note
    ),
    "correct": lambda story, by, note: publishing.correct(
        cast.publish(story, by), cast.content(), by=by, note=note
    ),
    "send back": lambda story, by, note: publishing.send_back(_submit(story, by), by=by, note=note),
    "verify": lambda story, by, note: publishing.verify(
        [cast.publish(story, by).pk], by=by, verification="false", note=note
    ),
    "withdraw": lambda story, by, note: publishing.withdraw_story(story, by=by, note=note),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_note_is_bounded_and_holds_no_nul(story, verb):
    chief = cast.make_chief()

    with pytest.raises(publishing.Invalid) as refusal:
        VERBS[verb](story, chief, LONG)
    VERBS[verb](story, chief, "Not\0 confirmed.")

    assert list(refusal.value.errors) == ["note"]
    assert story.versions.filter(note="Not confirmed.").exists()
