"""Write the bill of materials (CycloneDX 1.6, JSON) of what `requirements.lock` installs.

    make sbom > liveblog.cdx.json

The same lock gives the same bytes. Licences are those that the installed packages declare.
"""

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.ASCII)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

# What lies inside packages and this repository, with a licence of its own.
BUNDLED = [
    ("CKEditor", "4.22.1", "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", "django-ckeditor"),
    ("Swagger UI", "", "Apache-2.0", "django-ninja"),
    ("Redoc", "", "MIT", "django-ninja"),
    ("Source Serif 4", "4.4", "OFL-1.1", "liveblog/static/liveblog/fonts"),
]


def bill(lock: str) -> dict:
    components = [_package(*each) for each in _pinned(lock)] + [_bundled(*each) for each in BUNDLED]
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    root = {"type": "application", "bom-ref": "liveblog", "name": "liveblog"}
    root |= {"version": version[1], "licenses": [{"license": {"id": "BSD-3-Clause"}}]}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, lock).urn,
        "version": 1,
        "metadata": {"component": root},
        "components": components,
        "dependencies": [
            {"ref": "liveblog", "dependsOn": [each["bom-ref"] for each in components]}
        ],
    }


def _pinned(lock):
    """Read `(name, version, digests)` of each package of a lock."""
    for entry in re.split(r"\n(?=\S)", lock):
        if found := PINNED.match(entry):
            yield found[1], found[2], HASH.findall(entry)


def _package(name, version, digests) -> dict:
    purl = f"pkg:pypi/{name}@{version}"
    hashes = [{"alg": "SHA-256", "content": each} for each in digests]
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": hashes,
        **_licences(name),
    }


def _licences(name) -> dict:
    try:
        described = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # for another system than this one
        return {}
    if expression := described.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    classified = [
        each.rpartition(" :: ")[2]
        for each in described.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    names = classified or [(described.get("License") or "").partition("\n")[0][:100]]
    return {"licenses": [{"license": {"name": each}} for each in names if each]}


def _bundled(name, version, licence, where) -> dict:
    return {
        "type": "library",
        "bom-ref": f"bundled:{name}",
        "name": name,
        **({"version": version} if version else {}),
        "licenses": [{"expression": licence}],
        "properties": [{"name": "liveblog:part-of", "value": where}],
    }


if __name__ == "__main__":
    json.dump(bill(LOCK.read_text()), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
