"""Lists of the admin are searched by words, as readers search: the same in every database."""

from django.db.models import Q

from liveblog.models.searched import Searched
from liveblog.queries.search import Query, matching


class WordSearch:
    """Let a ModelAdmin find rows by the words that they keep, beside its `search_fields`."""

    def get_search_results(self, request, queryset, search_term):
        found, repeats = super().get_search_results(request, queryset, search_term)
        query = Query.parse(search_term, shortest_start=1)
        if not query or not issubclass(self.model, Searched):
            return found, repeats
        alike = matching(self.model.objects.all(), query)
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=alike.values("pk"))), False
