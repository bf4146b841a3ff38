"""The plain name of our `loaddata`."""

import gzip

import pytest
from django.core.management import CommandError, call_command

from liveblog.models import Story


@pytest.mark.django_db
def test_import_fixture_loads_the_demo():
    call_command("import_fixture", "ukraine_kursk", verbosity=0)

    assert Story.objects.get().slug == "ukraine-kursk"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("short.json.gz", gzip.compress(b"[]", mtime=0)[:12]),
        ("short.json.gz", b"\x1f\x8bxxxx"),
        ("none.json.gz", b"[]"),
        ("none.json.bz2", b"[]"),
        ("none.json.xz", b"[]"),
        ("none.json.zip", b"[]"),
        ("deep.json", b"[" * 100_000),
        ("latin.json", "[é]".encode("latin-1")),
    ],
)
def test_damaged_file_is_refused_in_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("loaddata", path, verbosity=0)
