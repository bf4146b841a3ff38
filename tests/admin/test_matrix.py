"""Every address of the admin × role × object: who reads it, and who changes anything by it.

An address that is new has to be added to the table of each role that it is for.
"""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast

from . import walk
from .conftest import _sign_in

ROLES = ["anonymous", "stranger", "reporter", "editor", "chief"]

# What each role has beyond the one that it builds on: addresses, and for which objects.
BUILDS_ON = {"reporter": "stranger", "editor": "stranger", "chief": "editor"}
READS = {
    "anonymous": {
        "login": "",
    },
    "stranger": {
        "index": "",
        "home": "",
        "account": "",
        "confirm_password": "",
        "set_up_second_factor": "",
        "password_change": "",
        "password_change_done": "",
        "jsi18n": "",
        "session": "",
    },
    "reporter": {
        "liveblog_story_deleted": "open unopened",
        "liveblog_story_take_out": "open unopened",
        "liveblog_story_changelist": "",
        "liveblog_story_history": "open unopened",
        "liveblog_story_change": "open unopened",
        "liveblog_update_restore_version": "own submitted",
        "liveblog_update_changelist": "",
        "liveblog_update_add": "",
        "liveblog_update_history": "own submitted theirs scheduled published retracted",
        "liveblog_update_delete": "own submitted",
        "liveblog_update_change": "own submitted theirs scheduled published retracted",
        "liveblog_source_changelist": "",
        "liveblog_source_add": "",
        "liveblog_source_change": "any",
        "liveblog_topic_changelist": "",
        "liveblog_topic_change": "any",
        "liveblog_picture_choices": "",
        "liveblog_picture_image": "any",
        "liveblog_picture_changelist": "",
        "liveblog_picture_add": "",
        "liveblog_picture_change": "any",
        "liveblog_person_changelist": "",
        "liveblog_person_change": "any",
        "liveblog_story_preview": "open unopened",
        "liveblog_story_editing": "open teams unopened",
        "liveblog_update_preview": "own submitted theirs scheduled published retracted",
        # A beat: it answers whoever is signed in, and names nobody who may not be seen.
        "liveblog_update_editing": "own submitted theirs teams scheduled published retracted",
        "app_list": "",
    },
    "editor": {
        "liveblog_story_open": "open teams unopened",
        "liveblog_story_end": "open teams unopened",
        "liveblog_story_from_document": "",
        "liveblog_story_bring_in": "",
        "liveblog_story_take_out": "open teams unopened",
        "liveblog_story_deleted": "open teams unopened",
        "liveblog_story_restore_version": "open teams unopened",
        "liveblog_story_changelist": "",
        "liveblog_story_add": "",
        "liveblog_story_history": "open teams unopened",
        "liveblog_story_delete": "unopened",
        "liveblog_story_change": "open teams unopened",
        "liveblog_story_preview": "open teams unopened",
        "liveblog_story_editing": "open teams unopened",
        "liveblog_update_preview": "own submitted theirs teams scheduled published retracted",
        "liveblog_update_editing": "own submitted theirs teams scheduled published retracted",
        "liveblog_update_retract": "own submitted theirs teams scheduled published retracted",
        "liveblog_update_retract_without_trace": (
            "own submitted theirs teams scheduled published retracted"
        ),
        "liveblog_update_surfaces": "published retracted",
        "liveblog_update_restore": "own submitted theirs teams scheduled published retracted",
        "liveblog_update_restore_version": "own submitted theirs teams scheduled published",
        "liveblog_update_changelist": "",
        "liveblog_update_add": "",
        "liveblog_update_history": "own submitted theirs teams scheduled published retracted",
        "liveblog_update_delete": "own submitted theirs teams scheduled",
        "liveblog_update_change": "own submitted theirs teams scheduled published retracted",
        "liveblog_source_changelist": "",
        "liveblog_source_add": "",
        "liveblog_source_delete": "any",
        "liveblog_source_change": "any",
        "liveblog_topic_changelist": "",
        "liveblog_topic_add": "",
        "liveblog_topic_delete": "any",
        "liveblog_topic_change": "any",
        "liveblog_picture_choices": "",
        "liveblog_picture_image": "any",
        "liveblog_picture_changelist": "",
        "liveblog_picture_add": "",
        "liveblog_picture_delete": "any",
        "liveblog_picture_change": "any",
        "liveblog_person_changelist": "",
        "liveblog_person_add": "",
        "liveblog_person_delete": "any",
        "liveblog_person_change": "any",
        "app_list": "",
    },
    "chief": {
        "liveblog_story_withdraw": "open teams unopened",
        "liveblog_apitoken_changelist": "",
        "liveblog_apitoken_add": "",
        "liveblog_apitoken_change": "any",
        "liveblog_webhook_changelist": "",
        "liveblog_webhook_add": "",
        "liveblog_webhook_change": "any paused",
        "liveblog_webhook_delete": "any paused",
        "liveblog_auditentry_changelist": "",
        "liveblog_auditentry_export": "",
        "liveblog_auditentry_change": "any",
        "auth_user_password_change": "any",
        "auth_user_changelist": "",
        "auth_user_add": "",
        "auth_user_history": "any",
        "auth_user_change": "any",
    },
}

CHANGES = {
    "anonymous": {},
    "stranger": {},
    "reporter": {
        "liveblog_picture_add": "",
        "liveblog_picture_upload": "",
        "liveblog_update_restore_version": "own submitted",
        "liveblog_update_add": "",
        "liveblog_update_delete": "own submitted",
        "liveblog_update_change": "own submitted",
        "liveblog_source_add": "",
    },
    "editor": {
        "liveblog_story_open": "unopened",
        "liveblog_story_end": "open teams",
        "liveblog_story_check": "open teams unopened",
        "liveblog_story_from_document": "",
        "liveblog_story_revive": "open",
        "liveblog_story_add": "",
        "liveblog_story_delete": "unopened",
        "liveblog_story_change": "open teams unopened",
        "liveblog_update_pin": "published",
        "liveblog_update_undo": "published",
        "liveblog_update_retract": "published",
        "liveblog_update_retract_without_trace": "published",
        "liveblog_update_restore": "retracted",
        "liveblog_update_restore_version": "own submitted theirs teams published",
        "liveblog_update_add": "",
        "liveblog_update_delete": "own submitted theirs teams scheduled",
        "liveblog_update_change": "own submitted theirs teams scheduled published",
        "liveblog_source_changelist": "",
        "liveblog_source_add": "",
        "liveblog_source_delete": "any",
        "liveblog_topic_changelist": "",
        "liveblog_topic_add": "",
        "liveblog_topic_delete": "any",
        "liveblog_topic_change": "any",
        "liveblog_picture_changelist": "",
        "liveblog_picture_add": "",
        "liveblog_picture_upload": "",
        "liveblog_picture_delete": "any",
        "liveblog_picture_change": "any",
        "liveblog_person_changelist": "",
        "liveblog_person_add": "",
        "liveblog_person_delete": "any",
        "liveblog_person_change": "any",
    },
    "chief": {
        "liveblog_story_withdraw": "open teams",
        "liveblog_source_change": "any",
        "liveblog_apitoken_add": "",
        "liveblog_apitoken_revoke": "any",
        "liveblog_webhook_changelist": "",
        "liveblog_webhook_add": "",
        "liveblog_webhook_change": "any paused",
        "liveblog_webhook_delete": "any paused",
        "liveblog_webhook_pause": "any",
        "liveblog_webhook_resume": "paused",
        "liveblog_webhook_rotate": "any paused",
        "auth_user_password_change": "any",
        "auth_user_add": "",
        "auth_user_change": "any",
    },
}


def _expected(table, role):
    own = {
        f"{name}:{label}" if label else name
        for name, labels in table[role].items()
        for label in labels.split() or [""]
    }
    return own | (_expected(table, BUILDS_ON[role]) if role in BUILDS_ON else set())


@pytest.fixture
def people(db):
    return {
        "stranger": cast.make_user("stan"),
        "reporter": cast.make_reporter(),
        "editor": cast.make_editor(),
        "chief": cast.make_chief(),
    }


@pytest.fixture
def newsroom(people):
    return walk.make_newsroom(people["editor"], people["reporter"], people["chief"])


def _client(people, role):
    return _sign_in(people[role]) if role in people else Client()


@pytest.mark.thorough
@pytest.mark.any_database
@pytest.mark.parametrize("role", ROLES)
def test_role_reads_its_pages_and_changes_nothing_by_it(people, newsroom, role):
    client = _client(people, role)
    before, read = walk.dump(), set()

    for address, path in walk.addresses(newsroom).items():
        if client.get(path).status_code == 200:
            read.add(address)

    assert read == _expected(READS, role)
    assert walk.dump() == before


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_role_changes_what_is_its_to_change(people, newsroom, role, monkeypatch):
    # The walk may reach undo late.
    monkeypatch.setattr("liveblog.publishing.retraction.UNDO_WITHIN", timedelta(days=1))
    session = _client(people, role).cookies
    before, changed = walk.dump(), set()

    for address, path in walk.addresses(newsroom).items():
        client = Client()
        client.cookies.update(session)
        with walk.undone():
            form = walk.form_for(address, newsroom)
            with walk.noting_writes() as written:
                answer = client.post(path, form)
            assert answer.status_code < 500
            if written and walk.dump() != before:
                changed.add(address)

    assert changed == _expected(CHANGES, role)


def test_walk_reaches_every_model_and_verb(newsroom):
    names = {address.partition(":")[0] for address in walk.addresses(newsroom)}

    for model in ("story", "update", "source", "topic", "picture", "person"):
        assert f"liveblog_{model}_delete" in names
    assert {"liveblog_update_retract", "liveblog_story_withdraw", "auth_user_add"} <= names
