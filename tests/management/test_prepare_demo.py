"""What `make run` does before it serves."""

import json
import re
import socket
import stat
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from liveblog.models import Story
from tests import cast
from tests.server import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_machine(settings, tmp_path):
    settings.DEBUG = True
    settings.LOCAL_DIR = tmp_path / "local"
    settings.PORT = free_port()
    settings.SITE_URL = f"http://127.0.0.1:{settings.PORT}"


def prepare(*options) -> str:
    output = StringIO()
    call_command("prepare_demo", *options, stdout=output)
    return output.getvalue()


def passwords_in(output) -> dict[str, str]:
    return dict(re.findall(r"Sign in as (\S+) +(.+)", output))


def test_makes_a_chief_editor_and_a_reporter_who_can_sign_in(rf):
    output = passwords_in(prepare("--accounts-only"))

    assert list(output) == ["chief@localhost", "reporter@localhost"]
    for (name, password), role in zip(output.items(), ["Chief editor", "Reporter"], strict=True):
        user = authenticate(rf.post("/admin/login/"), username=name, password=password)
        assert (user.is_staff, user.is_superuser) == (True, False)
        assert [group.name for group in user.groups.all()] == [role]


def test_passwords_are_random_and_kept_for_this_user_alone(settings):
    output = passwords_in(prepare("--accounts-only"))
    path = settings.LOCAL_DIR / "accounts.json"

    assert json.loads(path.read_text()) == output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(set(output.values())) == 2
    assert min(map(len, output.values())) >= 16


def test_says_the_same_at_every_start():
    assert prepare("--accounts-only") == prepare("--accounts-only")


def test_closes_a_file_of_passwords_that_others_could_read(settings):
    prepare("--accounts-only")
    path = settings.LOCAL_DIR / "accounts.json"
    path.chmod(0o644)

    prepare("--accounts-only")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_leaves_a_password_that_somebody_set():
    before = passwords_in(prepare("--accounts-only"))
    chief = User.objects.get(username="chief@localhost")
    chief.set_password("my own long password")
    chief.save()

    for _start in range(2):
        output = passwords_in(prepare("--accounts-only"))
        assert output["chief@localhost"].startswith("with the password set since")
        assert output["reporter@localhost"] == before["reporter@localhost"]
    chief.refresh_from_db()
    assert chief.check_password("my own long password")


def test_a_lost_database_gets_the_same_passwords():
    before = prepare("--accounts-only")
    User.objects.all().delete()

    assert prepare("--accounts-only") == before


def test_refuses_where_debug_is_off(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG is off"):
        prepare("--accounts-only")
    assert not User.objects.exists()


def test_says_which_port_is_free_where_one_is_taken(settings):
    free = f"make run PORT={settings.PORT + 1}"
    door = socket.create_server(("127.0.0.1", settings.PORT))
    with door, pytest.raises(CommandError, match=free):
        prepare("--accounts-only")


def test_leaves_a_story_at_the_demos_address_alone():
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    Story.objects.filter(pk=story.pk).update(slug="ukraine-kursk")

    output = prepare()

    assert Story.objects.count() == 1
    assert "/live/ukraine-kursk/\n" in output
    assert f"/admin/liveblog/story/{story.pk}/desk/\n" in output


def test_loads_the_demo_once():
    prepare()
    story = Story.objects.get(slug="ukraine-kursk")
    written = cast.publish(story, cast.make_editor())

    prepare()

    assert Story.objects.get().updates.filter(pk=written.pk).exists()
