"""The file of a backup: whole, or refused."""

import io
import json
import tarfile

import pytest

from liveblog.backup.archive import BadBackup, check_archive, unpack, write_archive
from liveblog.backup.backup import make_backup
from liveblog.backup.restore import NotEmpty, restore_backup

pytestmark = pytest.mark.any_database
PICTURE = b"a picture of a bridge " * 1000


@pytest.fixture
def archive(tmp_path):
    database, media = tmp_path / "dump", tmp_path / "pictures"
    database.write_bytes(b"rows")
    (media / "2026").mkdir(parents=True)
    (media / "2026" / "bridge.jpg").write_bytes(PICTURE)
    target = tmp_path / "backup.tar"
    assert write_archive(target, database=database, media=media, facts={"database": "sqlite"}) == 1
    return target


def test_what_was_written_comes_back(archive, tmp_path):
    manifest = check_archive(archive)
    unpack(archive, database=tmp_path / "again", media=tmp_path / "back")

    assert sorted(manifest["files"]) == ["database", "media/2026/bridge.jpg"]
    assert manifest["database"] == "sqlite"
    assert (tmp_path / "again").read_bytes() == b"rows"
    assert (tmp_path / "back" / "2026" / "bridge.jpg").read_bytes() == PICTURE


def test_a_file_that_was_cut_short_is_refused_wherever_it_ends(archive):
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        end = tar.getmember("manifest.json").offset_data + 10

    for length in (0, 100, 512, 1000, 5000, len(PICTURE), end):
        archive.write_bytes(whole[:length])
        with pytest.raises(BadBackup):
            check_archive(archive)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"of a bridge", b"of a fridge"), (b'"files"', b'"filez"'), (b'"format": 1', b'"format": 9')],
)
def test_a_changed_byte_is_found(archive, old, new):
    whole = archive.read_bytes()
    assert old in whole
    archive.write_bytes(whole.replace(old, new, 1))

    with pytest.raises(BadBackup):
        check_archive(archive)


@pytest.mark.parametrize(
    "name",
    ["media/../../evil", "/etc/passwd", "media", "other/file", "../media/x", "media/a/../b", "."],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    content = json.dumps({"format": 1, "files": {"database": "", name: ""}}).encode()
    target = tmp_path / "evil.tar"
    with tarfile.open(target, "w") as tar:
        for each in ("database", name, "manifest.json"):
            member = tarfile.TarInfo(each)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

    with pytest.raises(BadBackup, match="does not belong"):
        check_archive(target)


def test_a_link_is_refused(tmp_path):
    target = tmp_path / "evil.tar"
    with tarfile.open(target, "w") as tar:
        member = tarfile.TarInfo("media/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)

    with pytest.raises(BadBackup, match="does not belong"):
        check_archive(target)


def test_a_backup_does_not_replace_a_file(tmp_path):
    (tmp_path / "backup.tar").write_bytes(b"of yesterday")

    with pytest.raises(FileExistsError):
        make_backup(tmp_path / "backup.tar")

    assert (tmp_path / "backup.tar").read_bytes() == b"of yesterday"


def restored_with(facts, tmp_path):
    (tmp_path / "dump").write_bytes(b"rows")
    target = tmp_path / "other.tar"
    write_archive(target, database=tmp_path / "dump", media=tmp_path / "none", facts=facts)
    return restore_backup(target)


def test_a_backup_of_another_kind_of_database_is_refused(tmp_path):
    with pytest.raises(BadBackup, match="it is of oracle"):
        restored_with({"database": "oracle"}, tmp_path)


@pytest.mark.django_db
def test_a_database_with_tables_is_left_alone(tmp_path):
    from django.db import connection

    with pytest.raises(NotEmpty, match="has tables already"):
        restored_with({"database": connection.vendor}, tmp_path)
