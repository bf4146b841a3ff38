"""The story's controls on its desk: its texts, its state, and when its silence is an alarm."""

from dataclasses import replace
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liveblog import publishing
from liveblog.accounts import name_of
from liveblog.editing.versions import story_differences
from liveblog.models import Picture, Story, Update
from liveblog.publishing import Conflict, Invalid, StoryContent
from liveblog.queries.desk_rows import count_waiting, load_rows
from liveblog.teams import change_team
from liveblog.templatetags.newsroom import working_title

from .changes import story_entry
from .content import note_of
from .guard import answer, desk_view, read_json
from .story_panel import panel_html, team_candidates

TEXTS = ("kicker", "headline", "standfirst", "summary")
OFFERED = 100


@require_POST
@desk_view
def change(request, story: Story):
    """Carry out a verb on the story; the answer is its panel as it is now."""
    sent = read_json(request)
    verb = VERBS.get(str(sent.get("verb")))
    if verb is None:
        raise Invalid({"verb": [_("The desk does not know this command.")]})
    try:
        verb(story, sent, by=request.user)
    except Conflict as refusal:
        data = {"error": str(refusal), "version": refusal.current.version}
        pieces = {"differences": story_differences(refusal.current, refusal.attempted)}
        data["differences"] = render_to_string("admin/liveblog/_side_by_side.html", pieces)
        data["html"] = panel_html(refusal.current, request.user)
        return answer(data, 409)
    story = Story.objects.get(pk=story.pk)
    return answer({"version": story.version, **story_entry(story, request.user)})


@require_GET
@desk_view
def offered(request, story: Story):
    """Answer which drafts may go on air with the story: own ones and what was submitted."""
    publishing.require(request.user, "open_story", story)
    found = load_rows(story, _offered(story, request.user)[:OFFERED])
    drafts = [
        {"id": str(each.pk), "title": working_title(each), "author": name_of(each.created_by)}
        for each in found
    ]
    waiting = count_waiting(story)
    words = render_to_string("admin/liveblog/_waiting.html", {"waiting": waiting}).strip()
    return answer({"offered": drafts, "waiting": words if waiting["all"] else ""})


def _offered(story, user):
    own = story.updates.filter(status=Update.Status.DRAFT, created_by=user)
    return (own | story.updates.filter(status=Update.Status.SUBMITTED)).order_by("created_at")


def _edit(story, sent, *, by):
    content = StoryContent.of(story)
    texts = {name: str(sent[name]).replace("\0", "") for name in TEXTS if name in sent}
    if "headline" in texts:
        texts["headline"] = " ".join(texts["headline"].split())
    if "lead_picture" in sent:
        texts["lead_picture"] = _picture(sent["lead_picture"])
    version = sent["version"] if isinstance(sent.get("version"), int) else story.version
    publishing.edit_story(story, replace(content, **texts), by=by, version=version)


def _picture(sent):
    if not sent:
        return None
    try:
        return Picture.objects.get(pk=UUID(str(sent)))
    except (ValueError, Picture.DoesNotExist) as error:
        message = _("A picture does not exist any more.")
        raise Invalid({"lead_picture": [message]}) from error


def _check_summary(story, sent, *, by):
    publishing.check_summary(story, by=by)


def _set_silence_alarm(story, sent, *, by):
    minutes = sent.get("minutes")
    if minutes is not None and not isinstance(minutes, int):
        raise Invalid({"silence_alarm": [_("Enter a number of minutes.")]})
    publishing.set_silence_alarm(story, minutes, by=by)


def _set_team(story, sent, *, by):
    members = sent.get("members")
    candidates = {user.pk: user for user in team_candidates(story)}
    if not isinstance(members, list) or not candidates.keys() >= set(map(_number, members)):
        raise Invalid({"members": [_("Somebody chosen can not be on a team any more.")]})
    change_team(story, [candidates[pk] for pk in members], by=by)


def _number(sent):
    return sent if isinstance(sent, int) else None


def _open(story, sent, *, by):
    """Open the story with those of the offered drafts that were ticked, and no other."""
    ticked = sent.get("updates") if isinstance(sent.get("updates"), list) else []
    drafts = [each for each in _offered(story, by) if str(each.pk) in ticked]
    publishing.open_story(story, by=by, updates=drafts)


def _end(story, sent, *, by):
    publishing.end_story(story, by=by)


def _withdraw(story, sent, *, by):
    publishing.withdraw_story(story, by=by, note=note_of(sent))


VERBS = {
    "edit_story": _edit,
    "check_summary": _check_summary,
    "set_silence_alarm": _set_silence_alarm,
    "set_team": _set_team,
    "open_story": _open,
    "end_story": _end,
    "withdraw_story": _withdraw,
}
