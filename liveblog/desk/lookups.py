"""What the composer looks up while one types: sources and people by their names."""

from django.db.models import Case, Value, When
from django.views.decorators.http import require_GET

from liveblog.models import Person, Source, Story

from .guard import answer, desk_view

MOST = 8


@require_GET
@desk_view
def sources(request, story: Story):
    """Answer sources whose name holds what was typed; those that begin with it first."""
    found = _named(Source, request.GET.get("q", ""))
    return answer({"found": [_source(each, story) for each in found]})


@require_GET
@desk_view
def people(request, story: Story):
    found = _named(Person, request.GET.get("q", ""))
    return answer({"found": [{"id": each.pk, "name": each.name} for each in found]})


def _named(model, typed):
    typed = " ".join(typed.replace("\0", " ").split())[:100]
    begins = Case(When(name__istartswith=typed, then=Value(0)), default=Value(1))
    return model.objects.filter(name__icontains=typed).order_by(begins, "name")[:MOST]


def _source(source, story):
    return {
        "id": source.pk,
        "name": source.name,
        "kind": source.get_kind_display() if source.kind else "",
        "cited": story.source_counts.get(str(source.pk), 0),
    }
