"""JSON of `dumpdata` that keeps microseconds, which Django's cuts.

Updates are ordered by them, and a row that lost them seems to differ from its own dump.
"""

from datetime import datetime

from django.core.serializers import json


class ExactEncoder(json.DjangoJSONEncoder):
    def default(self, o):
        if isinstance(o, datetime):
            return o.isoformat().replace("+00:00", "Z")
        return super().default(o)


class Serializer(json.Serializer):
    def _init_options(self):
        super()._init_options()
        self.json_kwargs["cls"] = ExactEncoder


Deserializer = json.Deserializer
