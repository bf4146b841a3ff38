"""A program that uses the API: a token of a person's, and short ways to ask."""

import json
import uuid

from django.test import Client

from liveblog import publishing

ALL = ("read", "write", "publish", "manage")


class Program:
    """Asks the API with a token that a chief editor made for `person`."""

    def __init__(self, person, chief, *, scopes=ALL, **more):
        self.person = person
        self.token, self.text = publishing.create_token(
            by=chief, name="Wire", person=person, scopes=scopes, **more
        )

    def ask(self, method, path, data=None, **headers):
        """Send a request; headers as `if_match='"1"'`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = "" if data is None else json.dumps(data)
        return Client(raise_request_exception=False).generic(
            method,
            f"/api/v1{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.text}", **named},
        )

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def put(self, story, id, data, **headers):
        return self.ask("PUT", f"/stories/{story.slug}/updates/{id}", data, **headers)

    def post(self, path, data=None, **headers):
        return self.ask("POST", path, data, **headers)

    def act(self, update, verb, data=None, **headers):
        return self.post(
            f"/stories/{update.story.slug}/updates/{update.pk}/{verb}", data, **headers
        )


def new_id() -> str:
    return str(uuid.uuid4())
