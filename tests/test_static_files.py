"""Static files in production: every name tells its content, in the scripts' imports too."""

import asyncio
import re

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponseNotFound
from django.test import RequestFactory
from django.utils.module_loading import import_string

pytestmark = pytest.mark.any_database

HASHED = re.compile(r"\.[0-9a-f]{12}\.js\Z")
IMPORT = re.compile(r'^import .* from "\./([^"]+)";', re.MULTILINE)


@pytest.mark.thorough
def test_modules_import_modules_of_their_own_release(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    hashed = {"BACKEND": "config.storage.HashedStaticFiles"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}

    call_command("collectstatic", interactive=False, verbosity=0)

    modules = tmp_path / "liveblog" / "live"
    named = [path for path in modules.glob("*.js") if HASHED.search(path.name)]
    imported = {name for path in named for name in IMPORT.findall(path.read_text())}
    assert imported
    assert imported <= {path.name for path in named}
    for _each in range(2):  # the second time from memory
        address = storages["staticfiles"].url("liveblog/live/live-story.js")
        assert address.rpartition("/")[2] in {path.name for path in named}


@pytest.mark.parametrize("path", ["nothing.css", "", "..%2f..%2fconfig/settings.py"])
def test_unknown_file_is_not_found_while_debugging(settings, path):
    settings.DEBUG = True

    async def not_found(request):
        return HttpResponseNotFound()

    files = import_string(settings.STATIC_MIDDLEWARE)(not_found)
    answer = asyncio.run(files(RequestFactory().get(f"/static/{path}")))

    assert answer.status_code == 404
