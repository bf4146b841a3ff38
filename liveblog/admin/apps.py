"""Put the newsroom's admin site in the place of Django's."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig

REGISTERED = (
    *("stories", "updates", "sources", "topics", "pictures", "people", "users"),
    *("api_tokens", "webhooks"),
)


class NewsroomAdminConfig(AdminConfig):
    default_site = "liveblog.admin.site.NewsroomAdminSite"

    def ready(self):
        """Register the pages now: this package is imported before there are models."""
        super().ready()
        for name in REGISTERED:
            import_module(f"liveblog.admin.{name}")
