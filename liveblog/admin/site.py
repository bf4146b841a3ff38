"""The admin's frame: its name, where it leads, and the choice of its language."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from .clock import StoryClock


class NewsroomAdminSite(StoryClock, AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Newsroom")
    site_url = "/"

    def get_urls(self):
        return [path("language/", set_language, name="language"), *super().get_urls()]
