"""The file of a backup: a tar of `database`, `media/…` and, last, `manifest.json`.

The manifest names every other member with its digest. It comes last, so that a file that was cut
short has none.
"""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

DATABASE, MEDIA, MANIFEST = "database", "media", "manifest.json"
FORMAT = 1
BLOCK = 2**20


class BadBackup(Exception):
    """The file is not a whole backup of ours."""


class _Digesting:
    """A file that is digested while it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def write_archive(target: Path, *, database: Path, media: Path, facts: dict) -> int:
    """Write the file; returns the number of pictures' files in it."""
    digests = {}
    with tarfile.open(target, "w") as tar:
        digests[DATABASE] = _add(tar, database, DATABASE)
        for path in sorted(each for each in media.rglob("*") if each.is_file()):
            name = f"{MEDIA}/{path.relative_to(media).as_posix()}"
            try:
                digests[name] = _add(tar, path, name)
            except FileNotFoundError:  # taken down since the folder was listed
                continue
        _add_manifest(tar, target, {"format": FORMAT, **facts, "files": digests})
    return len(digests) - 1


def _add(tar, path, name) -> str:
    with path.open("rb") as file:
        reader = _Digesting(file)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=file), reader)
    return reader.digest.hexdigest()


def _add_manifest(tar, target, manifest):
    beside = target.with_name(target.name + ".manifest")
    beside.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    try:
        _add(tar, beside, MANIFEST)
    finally:
        beside.unlink()


def check_archive(source: Path) -> dict:
    """Read the whole file and return its manifest; raises BadBackup where a byte differs."""
    try:
        digests, manifest = _digest_members(source)
    except (tarfile.TarError, EOFError) as error:
        raise BadBackup(f"it is no tar file, or cut short ({error})") from error
    if manifest is None:
        raise BadBackup("it has no manifest: it was cut short, or is no backup")
    _compare(digests, manifest["files"])
    return manifest


def _digest_members(source) -> tuple[dict, dict | None]:
    digests, manifest = {}, None
    for name, file in _members(source):
        if name == MANIFEST:
            manifest = _read_manifest(file)
        else:
            digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests, manifest


def _read_manifest(file) -> dict:
    try:
        manifest = json.load(file)
        files, number = manifest["files"], manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup("its manifest cannot be read") from error
    if number != FORMAT or not isinstance(files, dict) or DATABASE not in files:
        raise BadBackup("its manifest is of another format")
    return manifest


def _compare(found: dict, expected: dict):
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            raise BadBackup(f"“{name}” is damaged, missing or not in the manifest")


def unpack(source: Path, *, database: Path, media: Path) -> None:
    """Write the members of a file that was checked: the database's dump, and the pictures."""
    for name, file in _members(source):
        if name == MANIFEST:
            continue
        target = database if name == DATABASE else media / PurePosixPath(name).relative_to(MEDIA)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            shutil.copyfileobj(file, out, BLOCK)


def _members(source: Path) -> Iterator:
    """Yield each member's name and content; no name leads out of the folder of its kind."""
    with tarfile.open(source, "r:") as tar:
        for member in tar:
            _check_name(member)
            yield member.name, tar.extractfile(member)


def _check_name(member):
    path = PurePosixPath(member.name)
    in_media = path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts
    if not member.isreg() or not (in_media or member.name in {DATABASE, MANIFEST}):
        raise BadBackup(f"“{member.name}” does not belong in a backup")
