"""Replace Django's admin site by the newsroom's."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "liveblog.admin.site.NewsroomAdminSite"

    def ready(self):
        """Register the admin's pages once all models are loaded."""
        super().ready()
        from . import (  # noqa: PLC0415 (models are not loaded before)
            api_tokens,  # noqa: F401 (each registers its page)
            audit,  # noqa: F401
            command_records,
            people,  # noqa: F401
            pictures,  # noqa: F401
            sign_ins,
            sources,  # noqa: F401
            stories,  # noqa: F401
            topics,  # noqa: F401
            updates,  # noqa: F401
            users,  # noqa: F401
            webhooks,  # noqa: F401
        )

        sign_ins.connect()
        command_records.connect()
        _hide_second_factors()


def _hide_second_factors():
    """Take django-otp's own pages away: they show keys, and set factors up for others."""
    from django.contrib import admin  # noqa: PLC0415 (models are not loaded before)
    from django_otp.models import Device  # noqa: PLC0415

    admin.site.unregister([model for model in admin.site._registry if issubclass(model, Device)])
