"""The one Django app of the project."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class LiveblogConfig(AppConfig):
    name = "liveblog"
    verbose_name = _("Live blogs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        apps.get_app_config("auth").verbose_name = _("Colleagues and roles")
        accounts = apps.get_model("auth", "User")._meta
        accounts.verbose_name, accounts.verbose_name_plural = _("colleague"), _("colleagues")
        from . import checks, startup_checks  # noqa: F401, PLC0415 (registers the checks)
