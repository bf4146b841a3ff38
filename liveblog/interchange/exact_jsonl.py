"""The same as `exact_json`, a row a line."""

from django.core.serializers import jsonl

from .exact_json import ExactEncoder


class Serializer(jsonl.Serializer):
    def _init_options(self):
        super()._init_options()
        self.json_kwargs["cls"] = ExactEncoder


Deserializer = jsonl.Deserializer
