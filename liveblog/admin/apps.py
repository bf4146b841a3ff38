"""Replace Django's admin site by the newsroom's."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig

REGISTERED = (
    *("stories", "updates", "sources", "topics", "pictures", "people", "users"),
    *("api_tokens", "webhooks", "audit"),
)


class NewsroomAdminConfig(AdminConfig):
    default_site = "liveblog.admin.site.NewsroomAdminSite"

    def ready(self):
        """Register the admin's pages once all models are loaded."""
        super().ready()
        for name in REGISTERED:
            import_module(f"liveblog.admin.{name}")
        import_module("liveblog.admin.sign_ins").connect()
        _hide_second_factors()


def _hide_second_factors():
    """Take django-otp's own pages away: they show keys, and set factors up for others."""
    from django.contrib import admin  # noqa: PLC0415 (models are not loaded before)
    from django_otp.models import Device  # noqa: PLC0415

    admin.site.unregister([model for model in admin.site._registry if issubclass(model, Device)])
