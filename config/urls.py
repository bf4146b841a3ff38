"""Where each address is answered."""

from django.contrib import admin
from django.urls import include, path

from liveblog.public.urls import catch_all

urlpatterns = [
    path("admin/liveblog/story/<int:pk>/desk/", include("liveblog.desk.urls")),
    path("admin/welcome/", include("liveblog.admin.welcome")),
    path("admin/", admin.site.urls),
    path("api/", include("liveblog.api.urls")),
    path("", include("liveblog.public.urls")),
    catch_all,  # last: add addresses above it
]

handler500 = "liveblog.public.responses.server_error"
