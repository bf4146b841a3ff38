"""What publishing from the composer costs, whatever the size of the story."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liveblog.models import Update
from tests import cast

from .forms import EMPTY_ROWS

pytestmark = pytest.mark.django_db


def filled(story):
    """The composer's form as it is sent."""
    return {
        **EMPTY_ROWS,
        "client_id": str(uuid.uuid4()),
        "made_from": 0,
        "story": story.pk,
        "headline": "Costs little",
        "body": "<p>Words.</p>",
        "verification": "none",
        "_publish": "",
    }


@pytest.mark.parametrize("known", [0, 500])
def test_publish_request_costs_at_most_seventeen_queries(
    client, django_assert_max_num_queries, known
):
    user = cast.make_editor()
    story = cast.make_live_story(user)
    Update.objects.bulk_create(
        Update(story=story, status="published", published_at=timezone.now(), number=1, revision=1)
        for _ in range(known)
    )
    client.force_login(user)
    client.get("/admin/")  # the session is renewed, and then for minutes not written
    form = filled(story)

    with django_assert_max_num_queries(17):
        answer = client.post(f"/admin/liveblog/update/add/?story={story.pk}", form)

    assert answer.status_code == 302
    assert Update.objects.get(headline="Costs little").is_published


def test_warnings_are_looked_for_after_the_commit(client):
    user = cast.make_editor()
    story = cast.make_live_story(user)
    client.force_login(user)

    with CaptureQueriesContext(connection) as caught:
        client.post(f"/admin/liveblog/update/add/?story={story.pk}", filled(story))

    before = []
    for each in caught:
        if "created_at" in each["sql"] and "NOT" in each["sql"]:
            break
        before.append(each["sql"].split()[0])
    assert "INSERT" in before
    assert before.count("SAVEPOINT") == before.count("RELEASE")
