"""Change who is on a story's team, and mail those who joined or left."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from liveblog import account_mail, publishing
from liveblog.accounts import name_of
from liveblog.models import Story


def change_team(story: Story, members, *, by) -> None:
    """Set the team, and mail those who joined or left, but not who changed it."""
    joined, left = publishing.set_team(story, members, by=by)
    address = settings.SITE_URL + reverse("desk:page", args=[story.pk])
    values = {"person": name_of(by), "story": story.headline, "address": address}
    put_on = _("%(person)s put you on the team of “%(story)s”:\n%(address)s") % values
    taken_off = _("%(person)s took you off the team of “%(story)s”.") % values
    account_mail.report(_addresses(joined, by), put_on)
    account_mail.report(_addresses(left, by), taken_off)


def _addresses(people, by):
    return sorted(each.email for each in people if each.email and each != by)
