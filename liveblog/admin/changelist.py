"""Changelists that survive query strings with impossible filter values."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError


class CarefulChangeList(ChangeList):
    """Show the unfiltered list where the database can't compare with a filter's value.

    Django refuses values that don't convert; a NUL, or a year of ten digits, do until they
    reach the database.
    """

    def get_queryset(self, request, exclude_parameters=None):
        try:
            return super().get_queryset(request, exclude_parameters)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def get_results(self, request):
        try:
            super().get_results(request)
            self.result_list = list(self.result_list)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class CarefulLists:
    """A ModelAdmin with such a changelist, and with such a search."""

    def get_changelist(self, request, **kwargs):
        return CarefulChangeList

    def get_search_results(self, request, queryset, search_term):
        """Search without NUL, which PostgreSQL takes in no text; autocomplete fields pass it on."""
        return super().get_search_results(request, queryset, search_term.replace("\0", " "))
