"""Many programs at once: one winner on one id, nothing lost on many, no gap."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from liveblog.models import Story, Update, Version
from tests import cast

from .client import new_id

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20


def at_once(actions):
    def run(action):
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, actions))


def published(text):
    return {"text": text, "status": "published"}


def test_many_texts_under_one_id_have_one_winner(program, story):
    id = new_id()
    answers = at_once(
        [lambda n=n: program.put(story, id, published(f"Text {n}.")) for n in range(THREADS)]
    )

    statuses = sorted(each.status_code for each in answers)
    assert statuses == [201] + [409] * (THREADS - 1)
    winner = next(each for each in answers if each.status_code == 201)
    assert Update.objects.get().body == winner.json()["body"]
    assert {each.json()["current"]["body"] for each in answers if each.status_code == 409} == {
        winner.json()["body"]
    }
    assert Version.objects.filter(update_id_was=id).count() == 1


def test_many_edits_of_one_version_have_one_winner(program, story):
    id = new_id()
    program.put(story, id, published("First."))

    answers = at_once(
        [
            lambda n=n: program.put(story, id, {"text": f"Text {n}."}, if_match='"1"')
            for n in range(THREADS)
        ]
    )

    assert sorted(each.status_code for each in answers) == [200] + [412] * (THREADS - 1)
    assert Update.objects.get().version == 2


def test_the_same_request_many_times_at_once_is_one_version(program, story):
    id = new_id()
    answers = at_once([lambda: program.put(story, id, published("Same."))] * THREADS)

    assert sorted(each.status_code for each in answers) == [200] * (THREADS - 1) + [201]
    assert Version.objects.filter(update_id_was=id).count() == 1


def test_many_ids_at_once_leave_no_gap(program, story):
    before = Story.objects.get().revision
    sources = [{"name": "Efe", "kind": "agency"}]

    answers = at_once(
        [
            lambda n=n: program.put(story, new_id(), {**published(f"{n}."), "sources": sources})
            for n in range(THREADS)
        ]
    )

    assert {each.status_code for each in answers} == {201}
    revisions = sorted(Update.objects.values_list("revision", flat=True))
    assert revisions == list(range(before + 1, before + THREADS + 1))
    assert {each.json()["sources"][0]["slug"] for each in answers} == {"efe"}


def test_the_same_opening_many_times_at_once_is_one(program, editor):
    story, id = cast.make_story(editor), new_id()
    program.put(story, id, {"text": "First."})
    opening = {"updates": [id]}

    answers = at_once([lambda: program.post(f"/stories/{story.slug}/open", opening)] * THREADS)

    assert [each.status_code for each in answers] == [200] * THREADS
    assert Version.objects.filter(update_id_was=id).count() == 2
