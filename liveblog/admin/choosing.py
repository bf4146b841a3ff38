"""Fields that choose among rows as one types; they forget what can't be any row's key."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _Forgiving:
    """Django shows a refused form again by asking the database for whatever was sent."""

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
