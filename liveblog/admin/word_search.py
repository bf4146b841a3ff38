"""Word search for the admin's lists, the same as readers' and in every database."""

from django.db.models import Q

from liveblog.models.searched import Searched
from liveblog.queries.search import Query, matching


class WordSearch:
    """Search the words column of a model as well as the admin's `search_fields`."""

    def get_search_results(self, request, queryset, search_term):
        found, repeats = super().get_search_results(request, queryset, search_term)
        query = Query.parse(search_term, shortest_start=1)
        if not query or not issubclass(self.model, Searched):
            return found, repeats
        alike = matching(self.model.objects.all(), query)
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=alike.values("pk"))), False
