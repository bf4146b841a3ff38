"""Roles decide in the admin, without permission rows."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from liveblog.models import Source, Story, Topic, Update
from tests import cast

from .conftest import _sign_in
from .forms import add_page, change_form, list_of, page_of, story_form, update_form

MODELS = ["story", "update", "source", "topic", "picture", "person"]


@pytest.fixture
def stranger(db):
    return _sign_in(cast.make_user("sam"))


@pytest.mark.parametrize("model", MODELS)
def test_list_is_for_those_with_a_role(stranger, reporter, editor, model):
    answers = [client.get(list_of(model)).status_code for client in (stranger, reporter, editor)]

    assert answers == [403, 200, 200]


def test_reporter_submits_and_never_publishes(reporter, story):
    page = reporter.get(f"{add_page('update')}?story={story.pk}").content.decode()
    assert 'name="_submit"' in page
    assert 'name="_publish"' not in page

    reporter.post(add_page("update"), update_form(story, _publish=""))
    assert not Update.objects.exists()

    reporter.post(add_page("update"), update_form(story, _submit=""))
    assert Update.objects.get().status == "submitted"


def test_reporter_leaves_others_work_alone(reporter, editor, story):
    draft = cast.publishing.save_draft(cast.new_update(story), cast.content(), by=editor.user)
    seen = cast.publish(story, editor.user)

    answers = [reporter.post(page_of(row), change_form(row, body="X")) for row in (draft, seen)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert reporter.get(page_of(seen)).status_code == 200


def test_reporter_sees_the_stories_of_their_team(reporter, editor, chief, story):
    cast.publishing.set_team(story, [editor.user], by=chief.user)
    update = cast.publish(story, editor.user)

    assert list(reporter.get(list_of("story")).context["cl"].result_list) == []
    assert list(reporter.get(list_of("update")).context["cl"].result_list) == []
    assert reporter.get(page_of(update)).status_code == 302
    reporter.post(add_page("update"), update_form(story, _submit=""))
    assert Update.objects.get() == update


def test_reporter_proposes_sources_and_nothing_else(reporter):
    reporter.post(add_page("source"), {"name": "Efe", "kind": "agency"})
    assert Source.objects.get().name == "Efe"

    assert reporter.post(add_page("story"), story_form()).status_code == 403
    assert reporter.post(add_page("topic"), {"name": "Bridges"}).status_code == 403
    assert reporter.post(page_of(Source.objects.get()), {"name": "EFE"}).status_code == 403
    assert not Story.objects.exists()
    assert not Topic.objects.exists()


def test_only_a_chief_editor_renames_a_source(editor, chief, story):
    source = cast.make_source("Efe")
    form = {"name": "EFE", "kind": "agency", "slug": "efe"}

    editor.post(page_of(source), form)
    source.refresh_from_db()
    assert source.name == "Efe"

    chief.post(page_of(source), form)
    source.refresh_from_db()
    assert source.name == "EFE"


def test_accounts_are_a_chief_editors(editor, chief):
    accounts = reverse("admin:auth_user_changelist")

    assert [client.get(accounts).status_code for client in (editor, chief)] == [403, 200]


def test_chief_editor_makes_nobody_a_superuser(chief, editor):
    page = reverse("admin:auth_user_change", args=[editor.user.pk])
    Group.objects.create(name="Other")
    account = {"username": "edith", "is_active": "on", "is_superuser": "on"}

    refused = chief.post(page, account | {"role": "Other"})
    chief.post(page, account | {"role": "Reporter"})

    assert "role" in refused.context["adminform"].form.errors
    edith = User.objects.get(username="edith")
    assert not edith.is_superuser
    assert [group.name for group in edith.groups.all()] == ["Reporter"]


def test_a_colleague_is_added_in_one_form(chief, client):
    page = reverse("admin:auth_user_add")
    colleague = {"username": "nina", "first_name": "Nina", "role": "Editor"}

    short = chief.post(page, colleague | {"password": "short"})
    chief.post(page, colleague | {"password": "correct horse battery"})

    assert "password" in short.context["adminform"].form.errors
    shown = chief.get(page).content.decode()
    assert "Staff status" not in shown
    assert "Superuser" not in shown
    nina = User.objects.get(username="nina")
    assert nina.is_staff
    assert nina.check_password("correct horse battery")
    assert [group.name for group in nina.groups.all()] == ["Editor"]


def test_a_colleagues_page_shows_no_word_of_djangos(chief, editor):
    page = chief.get(reverse("admin:auth_user_change", args=[editor.user.pk])).content.decode()

    assert "Set another password" in page
    for word in ("Staff status", "Superuser status", "algorithm", "md5$"):
        assert word not in page


def test_chief_editor_leaves_superusers_alone(chief):
    root = User.objects.create_superuser("root")
    change = reverse("admin:auth_user_change", args=[root.pk])
    password = reverse("admin:auth_user_password_change", args=[root.pk])

    assert chief.post(change, {"username": "x"}).status_code == 403
    assert chief.get(password).status_code == 403
