"""The desk's addresses, under its story's in the admin; its stream is `liveblog.desk.stream`."""

from django.urls import path

from . import draft_check, lookups, page, pictures, reading, story_verbs, writing

app_name = "desk"
urlpatterns = [
    path("", page.desk, name="page"),
    path("changes", reading.changes, name="changes"),
    path("rows", reading.rows, name="rows"),
    path("sources", lookups.sources, name="sources"),
    path("people", lookups.people, name="people"),
    path("pictures", pictures.upload, name="pictures"),
    path("pictures/<uuid:id>", pictures.describe, name="picture"),
    path("retract", writing.retract_all, name="retract_all"),
    path("story", story_verbs.change, name="story"),
    path("editing", writing.editing_story, name="editing_story"),
    path("offered", story_verbs.offered, name="offered"),
    path("updates/<uuid:id>", reading.update, name="update"),
    path("updates/<uuid:id>/around", reading.around, name="around"),
    path("updates/<uuid:id>/send", writing.send, name="send"),
    path("updates/<uuid:id>/done", writing.ask_done, name="done"),
    path("updates/<uuid:id>/check", draft_check.check_draft, name="check"),
    path("updates/<uuid:id>/editing", writing.editing, name="editing"),
    path("updates/<uuid:id>/<slug:verb>", writing.act, name="act"),
]
