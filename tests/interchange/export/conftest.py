"""Stories to take out."""

import pytest

from liveblog import publishing
from liveblog.models import Person, Story
from tests import cast

SECRETS = ("SECRETDRAFT", "SECRETGONE", "SECRETPLAN")


@pytest.fixture
def shown():
    """A live story with secrets beside what readers see."""
    editor = cast.make_editor()
    efe = cast.make_source()
    ana, ben = Person.objects.create(name="Ana Ruiz"), Person.objects.create(name="Ben Okri")
    story = cast.make_live_story(
        editor,
        "Crews walk out at the port",
        standfirst="Ferries stay in harbour over new rosters",
        introduction="<p>The crews stopped work at dawn.</p>",
        timezone="Europe/Madrid",
        bylines=(ana,),
    )
    for text, more in [
        ("Both piers are closed.", {"sources": (publishing.Citation(efe),)}),
        ("Talks start at noon & end late.", {"bylines": (ben, ana), "is_key_event": True}),
        ("Kyiv", {"headline": "", "body": "<ul><li>Kyiv</li><li>Odesa and Lviv</li></ul>"}),
    ]:
        cast.publish(story, editor, text, **more)
    gone = cast.publish(story, editor, "SECRETGONE.")
    publishing.retract(gone, by=editor, without_trace=True)
    draft = cast.new_update(story)
    publishing.save_draft(draft, cast.content("SECRETDRAFT."), by=editor)
    publishing.edit_story(
        story,
        publishing.StoryContent(
            **{
                name: getattr(publishing.StoryContent.of(Story.objects.get(pk=story.pk)), name)
                for name in publishing.StoryContent.__dataclass_fields__
                if name != "editors_note"
            },
            editors_note="SECRETPLAN",
        ),
        by=editor,
    )
    return Story.objects.get(pk=story.pk)
