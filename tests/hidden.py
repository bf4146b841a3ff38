"""What a reporter may not see: two stories of another team, with an update in each state."""

import re
import uuid
from datetime import timedelta

from django.utils import timezone

from liveblog import publishing
from liveblog.models import Story, UpdatePicture, Version
from tests import cast
from tests.newsroom import make_picture

SECRET = "Zanzibar"  # in every hidden text, beside "mangrove", which searches ask for
WORDS = f"{SECRET} mangrove"
UNKNOWN = {
    "stories": "999999",
    "versions": "999999",
    "rows": "999999",
    "updates": str(uuid.UUID(int=7)),
    "slugs": "nowhere",
}


def make_hidden(editor, chief) -> dict[str, list[str]]:
    """Return the keys of the hidden stories, updates, versions and inline rows."""
    draft = cast.make_story(editor, WORDS, slug="hidden", editors_note=WORDS, standfirst=WORDS)
    live = cast.make_live_story(editor, "A public headline", slug="teams", editors_note=WORDS)
    updates = _make_updates(draft, live, editor)
    make_picture(updates[1])
    for story in (draft, live):
        publishing.set_team(story, [editor], by=chief)
    versions = Version.objects.filter(story__in=[draft, live])
    return {
        "stories": [str(draft.pk), str(live.pk)],
        "slugs": [draft.slug, live.slug],
        "updates": [str(each.pk) for each in updates],
        "versions": [str(versions.order_by("pk").first().pk), str(versions.latest("pk").pk)],
        "rows": [str(UpdatePicture.objects.get(update=updates[1]).pk)],
    }


def _make_updates(draft: Story, live: Story, editor):
    content = cast.content(f"{WORDS}.")
    published = publishing.publish(cast.new_update(live), content=content, by=editor)
    return [
        publishing.save_draft(cast.new_update(draft), content, by=editor),
        publishing.save_draft(cast.new_update(live), content, by=editor),
        publishing.submit(cast.new_update(live), content=content, by=editor),
        publishing.schedule(
            cast.new_update(live),
            content=content,
            by=editor,
            at=timezone.now() + timedelta(hours=1),
        ),
        publishing.retract(published, by=editor, without_trace=True),
    ]


def words_of(answer) -> tuple[int, list[str]]:
    """Return an answer's status and visible words, without digits, which are ids and times.

    Fails where a hidden text is anywhere in it.
    """
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
    assert SECRET not in text, answer.request["PATH_INFO"]
    visible = re.sub(r"[0-9a-f-]*[0-9][0-9a-f-]*", "#", re.sub(r"<[^>]*>", " ", text))
    return answer.status_code, visible.split()
