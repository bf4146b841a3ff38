"""The API's own addresses: what is not there, what is not allowed, and the page for people."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/me", "/api/v1/me/x"]
)
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_what_is_not_there_is_a_problem(method, path):
    response = getattr(Client(), method)(path)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_other_methods_are_named(program):
    response = program.ask("DELETE", "/me")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/docs"])
def test_document_and_page_take_no_other_method(path):
    client = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        response = client.generic(method, path)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD"), method
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/docs"])
def test_document_and_page_are_cached_and_revalidated(path):
    first = Client().get(path)

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first.headers
    again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_document_is_open_and_names_every_error():
    document = Client().get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    put = document["paths"]["/api/v1/stories/{slug}/updates/{id}"]["put"]
    assert set(put["responses"]) == {
        *("200", "201", "400", "401", "403", "404", "409", "412", "413", "422", "429", "503")
    }
    assert list(put["responses"]["412"]["content"]) == ["application/problem+json"]
    assert put["security"] == [{"Bearer": []}]


def test_the_page_for_people_asks_nobody_else():
    page = Client().get("/api/v1/docs")

    assert page.status_code == 200
    assert b"http" not in page.content.replace(b"http-equiv", b"")
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_code_generators_can_name_a_function_for_every_operation():
    operations = [
        operation
        for path in Client().get("/api/v1/openapi.json").json()["paths"].values()
        for operation in path.values()
    ]

    names = [each["operationId"] for each in operations]
    assert len(set(names)) == len(names)
    assert {"put_update", "retract_update", "list_stories"} <= set(names)


def test_a_body_that_may_be_left_out_has_no_object_as_default():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    body = paths["/api/v1/stories/{slug}/updates/{id}/retract"]["post"]["requestBody"]

    assert body == {
        "required": False,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RetractIn"}}},
    }
