"""The OpenAPI document (3.1): what ninja reads from the code, and every error beside it."""

from http import HTTPStatus

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE

from .answers import ProblemOut
from .problems import MEDIA_TYPE

ALWAYS = (401, 403, 429, 503)
WITH_PATH = (404,)
WITH_BODY = (400, 413, 422)
HEADERS = {
    401: "WWW-Authenticate",
    403: "WWW-Authenticate",
    429: "Retry-After",
    503: "Retry-After",
}
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
TEXT = {"schema": {"type": "string"}}


class DocumentedAPI(NinjaAPI):
    """An API whose document names the errors that each request can meet."""

    def get_openapi_operation_id(self, operation):
        # Code generators name a client's functions by it.
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs):
        document = super().get_openapi_schema(**kwargs)
        problem = ProblemOut.model_json_schema(ref_template=REF_TEMPLATE)
        document["components"]["schemas"] |= {**problem.pop("$defs"), "ProblemOut": problem}
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _add_answers(path, method, operation)
        return document


def _add_answers(path, method, operation):
    answers = operation["responses"]
    _drop_default(operation.get("requestBody"))
    if method == "get" and path.endswith("/updates"):
        answers[304] = {"description": "You have it already."}
    for status in _errors_of(path, method, operation):
        answers[status] = {"description": HTTPStatus(status).phrase, "content": PROBLEM}
        if status in HEADERS:
            answers[status]["headers"] = {HEADERS[status]: TEXT}
    for status in (200, 201):
        if status in answers and _has_tag(path):
            answers[status]["headers"] = {"ETag": TEXT}


def _drop_default(body):
    """Say of a body that may be left out just that: code generators refuse an object as default."""
    for media in (body or {}).get("content", {}).values():
        if "default" in media["schema"]:
            (media["schema"],) = media["schema"]["allOf"]


def _errors_of(path, method, operation):
    yield from ALWAYS
    if "{slug}" in path:
        yield from WITH_PATH
    if operation["parameters"] or "requestBody" in operation:
        yield 422
    if "requestBody" in operation:
        yield from WITH_BODY
    if method != "get" or path.endswith("/export"):
        yield 409
    if any(each["name"] == "If-Match" for each in operation["parameters"]):
        yield 412
    if method == "get" and path.endswith("/updates"):
        yield 410


def _has_tag(path):
    return "{slug}" in path and not path.endswith("/export")
