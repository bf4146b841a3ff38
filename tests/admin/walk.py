"""Every address of the admin, filled with objects, and what asking for it changes."""

import io
import re
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone
from PIL import Image

from liveblog.models import AuditEntry, Person, Picture, Story, Topic, Update, Version, Webhook
from tests import cast

from .forms import EMPTY_ROWS

WRITTEN_BY_SIGNING_IN = {"last_login"}


def make_newsroom(editor: User, reporter: User, chief: User) -> dict[str, dict[str, object]]:
    """Make an object of each sort for each model; the reporter is not on the closed team."""
    story, closed = cast.make_live_story(editor), cast.make_live_story(editor, "Team's story")
    unopened = cast.make_story(editor, "Unopened")
    publishing = cast.publishing
    sources = (publishing.Citation(cast.make_source("AP")),)
    published = cast.publish(story, editor, sources=sources)
    retracted = publishing.retract(cast.publish(story, editor), by=editor, without_trace=True)
    scheduled = publishing.schedule(
        cast.new_update(story),
        by=editor,
        at=timezone.now() + timedelta(hours=1),
        content=cast.content(),
    )

    def draft(of, by):
        kept = publishing.save_draft(cast.new_update(of), cast.content(), by=by)
        return publishing.save_draft(kept, cast.content(), by=by)

    gone = draft(story, editor)
    publishing.delete_draft(gone, by=editor)
    submitted = publishing.submit(draft(story, reporter), by=reporter)
    updates = {
        "own": draft(story, reporter),
        "submitted": submitted,
        "theirs": draft(story, editor),
        "teams": draft(closed, editor),
        "scheduled": scheduled,
        "published": published,
        "retracted": retracted,
    }
    publishing.set_team(closed, [editor], by=chief)
    return {
        "story": {"open": story, "teams": closed, "unopened": unopened},
        "update": updates,
        "source": {"any": cast.make_source("Efe")},
        "topic": {"any": Topic.objects.create(name="Bridges")},
        "picture": {"any": Picture.objects.create(alt="A bridge", added_by=reporter)},
        "person": {"any": Person.objects.create(name="Edith Marlow", user=editor)},
        "user": {"any": cast.make_user("sam")},
        "apitoken": {"any": _make_token(chief)},
        "auditentry": {"any": AuditEntry.objects.latest("pk")},
        "webhook": {"any": _make_webhook(), "paused": _make_webhook(paused_at=timezone.now())},
    }


def _make_token(chief):
    return cast.publishing.create_token(by=chief, name="Wire", person=chief, scopes=["read"])[0]


def _make_webhook(**fields):
    return Webhook.objects.create(name="Archive", url="https://archive.example/", **fields)


def addresses(newsroom) -> dict[str, str]:
    """Map "name" or "name:object" to a path, for every pattern of the admin's resolver."""
    found = {}
    for name, route in _routes(admin.site.urls[0], "/admin/"):
        model = re.match(r"/admin/(?:liveblog|auth)/(\w+)/", route)
        objects = newsroom.get(model and model[1], {})
        if objects and "<" in route:
            for label, obj in objects.items():
                found[f"{name}:{label}"] = _fill(route, obj)
        else:
            found[name] = _fill(route, None)
    return found


def one_of_each(found: dict[str, str], turn: int) -> dict[str, str]:
    """Return of each page's addresses one: in as many turns as it has objects, all of them."""
    pages = {}
    for address in found:
        pages.setdefault(address.partition(":")[0], []).append(address)
    chosen = (addresses[turn % len(addresses)] for addresses in pages.values())
    return {address: found[address] for address in chosen}


def _routes(patterns, prefix):
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, prefix + str(each.pattern))
        elif isinstance(each.pattern, RoutePattern):
            route = prefix + str(each.pattern)
            yield each.name or f"unnamed {route.partition('/admin/')[2]}", route
        else:
            route = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)/?\$?", r"<\1>", str(each.pattern))
            yield each.name or "anything else", prefix + route


def _fill(route, obj):
    values = {
        "app_label": "liveblog/",
        "url": "nowhere/",
        "content_type_id": "1",
        "object_id": str(obj.pk if obj else 1),
    }
    if isinstance(obj, Update):
        values["version_id"] = str(obj.versions.last().pk)
    if isinstance(obj, Story):
        values["version_id"] = str(Version.objects.of_story(obj).last().pk)
        gone = Version.objects.filter(story=obj, verb="delete_draft").first()
        values["version"] = str(gone.pk if gone else 0)
    return re.sub(
        r"<(?:\w+:)?(\w+)>", lambda part: values.get(part[1], str(obj.pk if obj else 1)), route
    )


def form_for(address: str, newsroom) -> dict:
    """A form that every page takes: what it does not ask for, it does not read."""
    label = address.partition(":")[2] or "own"
    model = "story" if "_story_" in address else "update"
    row = newsroom[model].get(label) or newsroom["update"]["own"]
    return {
        **EMPTY_ROWS,
        "client_id": str(uuid.uuid4()),
        "made_from": row.version if "_add" not in address else 0,
        "story": newsroom["story"]["open"].pk,
        "headline": "Changed",
        "body": "<p>Changed.</p>",
        "verification": "none",
        "kind_of_edit": "correction",
        "note": "Changed.",
        "how": "without_trace",
        "language": "en",
        "timezone": "UTC",
        "name": "Changed",
        "kind": "agency",
        "alt": "Changed",
        "username": "changed",
        "role": "Editor",
        "password": "correct horse battery",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "usable_password": "true",
        "is_active": "on",
        "is_staff": "on",
        "groups": [Group.objects.get(name="Chief editor").pk],
        "text": "A STORY\n\nHeadline\n\nWords.",
        "every": 20,
        "_make": "",
        "update": [str(newsroom["update"]["own"].pk)],
        "person": newsroom["user"]["any"].pk,
        "scopes": ["read"],
        **({"url": "https://changed.example/"} if "_webhook_" in address else {}),
        "post": "yes",
        "action": "delete_selected",
        "_selected_action": [str(row.pk) for row in _rows_listed(address, newsroom)],
        **({"upload": _picture()} if address.startswith("liveblog_picture_") else {}),
    }


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (80, 60)).save(out, "PNG")
    return SimpleUploadedFile("bridge.png", out.getvalue(), "image/png")


def _rows_listed(address, newsroom):
    model = re.match(r"\w+?_(\w+)_changelist", address)
    return list(newsroom.get(model and model[1], {}).values())


def dump() -> dict[str, list]:
    """Write down every row of the newsroom and its accounts; not that somebody signed in or out."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values_list(*_columns(model)))
        for label in ("liveblog", "auth")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model is not AuditEntry
    }


def _columns(model):
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if name not in WRITTEN_BY_SIGNING_IN]


@contextmanager
def noting_writes():
    """Yield the statements of the block that write; where there are none, no row is another."""
    written = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


@contextmanager
def undone():
    """Take back whatever the block writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
