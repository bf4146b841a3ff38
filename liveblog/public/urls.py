"""The readers' addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.front, name="front"),
    path("live/<slug:slug>/", views.story, name="story"),
    path("live/<slug:slug>/updates/<uuid:id>/", views.update, name="update"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("authors/<slug:slug>/", views.author, name="author"),
]
