"""For tests of what writes: a newsroom's people, and short ways to act, by publishing's verbs.

Tests of what only reads take their rows from `newsroom`: many, and at moments of their choice.
"""

import itertools
import uuid

from django.contrib.auth.models import Group, User

from liveblog import publishing
from liveblog.models import Source, Story, Update

_count = itertools.count(1)


def make_user(name: str, *roles: str) -> User:
    user = User.objects.create_user(name, password=None, is_staff=True, first_name=name)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return user


def make_editor(name: str = "edith") -> User:
    return make_user(name, "Editor")


def make_chief(name: str = "chiara") -> User:
    return make_user(name, "Chief editor")


def make_reporter(name: str = "ron") -> User:
    return make_user(name, "Reporter")


def make_story(by: User, headline: str = "Bridge closed in Kursk", **content) -> Story:
    """A draft story, written by an editor."""
    return publishing.create_story(publishing.StoryContent(headline=headline, **content), by=by)


def make_live_story(by: User, headline: str = "Bridge closed in Kursk", **content) -> Story:
    return publishing.open_story(make_story(by, headline, **content), by=by)


def new_update(story: Story) -> Update:
    """An update that nobody has saved yet."""
    return Update(id=uuid.uuid4(), story=story)


def content(text: str = "", **more) -> publishing.UpdateContent:
    text = text or f"Word number {next(_count)}."
    return publishing.UpdateContent(
        **{"headline": text.rstrip("."), "body": f"<p>{text}</p>", **more}
    )


def publish(story: Story, by: User, text: str = "", **more) -> Update:
    return publishing.publish(new_update(story), by=by, content=content(text, **more))


def revision_of(story: Story) -> int:
    """The story's last visible change, as the database has it."""
    return Story.objects.get(pk=story.pk).revision


def make_source(name: str = "Efe", kind: str = Source.Kind.AGENCY) -> Source:
    return Source.objects.create(name=name, kind=kind)
