"""Where each address is answered."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("liveblog.public.urls")),
]

handler500 = "liveblog.public.responses.server_error"
