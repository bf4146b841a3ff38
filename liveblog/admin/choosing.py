"""Autocomplete fields that ignore submitted values which can't be a primary key."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _Forgiving:
    """Drop impossible keys: Django looks up submitted values to render a refused form again."""

    def optgroups(self, name, value, attr=None):
        key = self.field.remote_field.model._meta.pk
        return super().optgroups(name, [each for each in value if _is_key(key, each)], attr)


class ChooseOne(_Forgiving, AutocompleteSelect):
    pass


class ChooseMany(_Forgiving, AutocompleteSelectMultiple):
    pass


def _is_key(field, text):
    try:
        field.run_validators(field.to_python(text))
    except ValidationError:
        return False
    return True
