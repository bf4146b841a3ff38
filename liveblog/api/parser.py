"""Read the JSON of a request's body, and say where it can't be read."""

import json

from django.utils.translation import gettext as _
from ninja.parser import Parser

from .problems import Problem


class JsonParser(Parser):
    """Takes one JSON object; a name that is given twice is refused, for one of the two is lost."""

    def parse_body(self, request) -> dict:
        try:
            data = json.loads(request.body, object_pairs_hook=_once)
        except json.JSONDecodeError as error:
            where = {"line": error.lineno, "column": error.colno}
            reason = _("The body is not JSON: see line %(line)s, column %(column)s.")
            raise Problem(400, reason % where) from error
        except UnicodeDecodeError as error:
            reason = _("The body is not UTF-8: see byte %(place)s.")
            raise Problem(400, reason % {"place": error.start + 1}) from error
        except RecursionError as error:
            raise Problem(400, _("The body's lists and objects are nested too deeply.")) from error
        if not isinstance(data, dict):
            raise Problem(400, _("The body must be a JSON object: {…}."))
        return data


def _once(pairs: list) -> dict:
    found = {}
    for name, value in pairs:
        if name in found:
            raise Problem(400, _("“%(name)s” is given twice.") % {"name": name[:100]})
        found[name] = value
    return found
