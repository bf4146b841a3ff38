"""The audit trail: who did what, when and from where; rows are only ever added."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .verb import Verb


class AuditAction(models.TextChoices):
    """What the trail records beside the verbs of stories and updates."""

    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGN_OUT = "sign_out", _("Signed out")
    SESSION_ENDED = "session_ended", _("Session ended")
    PASSWORD_CONFIRMED = "password_confirmed", _("Password asked for again")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    SECOND_FACTOR_ADDED = "second_factor_added", _("Second factor set up")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("Second factor removed")
    SECOND_FACTOR_FAILED = "second_factor_failed", _("Second factor refused")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("Recovery codes made")
    INVITED = "invited", _("Invited")
    PASSWORD_FORGOTTEN = "password_forgotten", _("Link for a forgotten password sent")

    CREATE_ACCOUNT = "create_account", _("Account created")
    CHANGE_ACCOUNT = "change_account", _("Account changed")
    DELETE_ACCOUNT = "delete_account", _("Account deleted")
    CHANGE_ROLE = "change_role", _("Role changed")
    CREATE_TOKEN = "create_token", _("API token created")
    REVOKE_TOKEN = "revoke_token", _("API token revoked")
    USE_TOKEN = "use_token", _("API token used")
    CREATE_WEBHOOK = "create_webhook", _("Webhook created")
    CHANGE_WEBHOOK = "change_webhook", _("Webhook changed")
    DELETE_WEBHOOK = "delete_webhook", _("Webhook deleted")
    ROTATE_SECRET = "rotate_secret", _("Webhook's secret replaced")
    PAUSE_WEBHOOK = "pause_webhook", _("Webhook paused")
    RESUME_WEBHOOK = "resume_webhook", _("Webhook resumed")
    SEND_AGAIN = "send_again", _("Webhook's message sent again")

    CREATE_SHARED = "create_shared", _("Source, topic, person or picture added")
    DELETE_SHARED = "delete_shared", _("Source, topic, person or picture deleted")
    MOVE_ADDRESSES = "move_addresses", _("Old addresses redirected")
    EXPORT_TRAIL = "export_trail", _("Audit trail exported")
    PRUNE_TRAIL = "prune_trail", _("Old entries removed")


LABELS = dict(Verb.choices) | dict(AuditAction.choices)


class AuditEntry(models.Model):
    """One deed. It refers to no other row, so that it outlives whatever it names.

    Texts of stories and updates are never in it: what was taken down stays gone.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    person_id = models.BigIntegerField(null=True)
    person = models.CharField(_("who"), max_length=150, blank=True)
    program = models.CharField(_("API token"), max_length=100, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    action = models.CharField(_("what"), max_length=32)
    kind = models.CharField(max_length=32, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("on what"), max_length=255, blank=True)
    details = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["person", "-id"], name="audit_of_person")]

    def __str__(self):
        return f"{self.person} {self.action} {self.name}"

    @property
    def label(self) -> str:
        return str(LABELS.get(self.action, self.action))


class AuditRetention(models.Model):
    """While such a row exists, the database lets entries from before its moment be deleted."""

    before = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.before)
