"""The story's own controls on its desk: what readers see above the updates, and its state."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liveblog.models import Story
from liveblog.publishing import may
from liveblog.publishing.policy import REPORTER
from liveblog.rendering.pictures import picture_with_file

KEY_EVENTS = 12


def panel_html(story: Story, user) -> str:
    """Render the story's panel for one person, in the language in force."""
    return render_to_string("admin/liveblog/desk/_story.html", panel_context(story, user)).strip()


def panel_context(story: Story, user) -> dict:
    key_events = story.updates.public().key_events().newest_first()
    team = list(story.team.all())
    may_set_team = may(user, "set_team", story)
    return {
        "story": story,
        "picture": picture_with_file(story) or story.lead_picture,  # as readers see it
        "zone": story.timezone,
        "may_edit": may(user, "edit_story", story),
        "verbs": [each for each in VERBS.get(story.status, []) if may(user, each[0], story)],
        "key_events": key_events.only("headline", "body", "published_at")[:KEY_EVENTS],
        "team": team,
        "may_set_team": may_set_team,
        "candidates": team_candidates(story) if may_set_team else [],
        "change_address": reverse("admin:liveblog_story_change", args=[story.pk]),
    }


def team_candidates(story: Story) -> list:
    """Return the reporters, and whoever is on the team already."""
    is_reporter = Q(is_active=True, groups__name=REPORTER)
    users = get_user_model().objects.filter(is_reporter | Q(team_stories=story)).distinct()
    return list(users.order_by("last_name", "first_name", "username"))


VERBS = {
    Story.Status.DRAFT: [("open_story", _("Open the story…"))],
    Story.Status.LIVE: [("end_story", _("End the story…")), ("withdraw_story", _("Withdraw…"))],
    Story.Status.ENDED: [("open_story", _("Reopen…")), ("withdraw_story", _("Withdraw…"))],
}
