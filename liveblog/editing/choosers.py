"""Select widgets for a story's language and time zone."""

import zoneinfo
from functools import cache
from itertools import groupby

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

# The rest are old names, and clocks of no place.
REGIONS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia"),
    *("Europe", "Indian", "Pacific"),
}


class LanguageSelect(forms.Select):
    """All languages that Django can name, those with a full translation first."""

    def __init__(self, attrs=None):
        super().__init__(attrs, _languages())

    def optgroups(self, name, value, attrs=None):
        return _with_own(self, super().optgroups, name, value, attrs)


class TimeZoneSelect(forms.Select):
    """Time zones by continent and city."""

    def __init__(self, attrs=None):
        super().__init__(attrs, _zones())

    def optgroups(self, name, value, attrs=None):
        return _with_own(self, super().optgroups, name, value, attrs)


def _with_own(widget, optgroups, name, value, attrs):
    """Add the row's current value where the list lacks it."""
    groups = optgroups(name, value, attrs)
    known = {option["value"] for _name, options, _index in groups for option in options}
    own = [
        widget.create_option(name, each, each, selected=True, index=f"own_{each}", attrs=attrs)
        for each in value
        if each and each not in known
    ]
    return [(None, own, 0), *groups] if own else groups


@cache
def _languages():
    whole = dict(settings.LANGUAGES)
    named = {
        code: f"{info['name_local'].capitalize()} ({code})"
        for code, info in LANG_INFO.items()
        if "name_local" in info
    }
    others = sorted((name, code) for code, name in named.items() if code not in whole)
    return [
        (_("The page speaks it as well"), [(code, named.get(code, code)) for code in whole]),
        (_("For the text alone"), [(code, name) for name, code in others]),
    ]


@cache
def _zones():
    places = sorted(
        name for name in zoneinfo.available_timezones() if name.partition("/")[0] in REGIONS
    )
    groups = groupby(places, key=lambda name: name.partition("/")[0])
    return [
        ("UTC", "UTC"),
        *(
            (region, [(name, name.partition("/")[2].replace("_", " ")) for name in names])
            for region, names in groups
        ),
    ]
