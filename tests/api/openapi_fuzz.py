"""Ask a real API what its own document allows, and what it does not, many times.

python -m tests.api.openapi_fuzz CALLS   (on SQLite in a temporary folder)
"""

import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import schemathesis
from schemathesis.specs.openapi import checks

from tests.server import Site

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
NEWSROOM = """
from liveblog import publishing
chief = cast.make_chief()
story = cast.make_live_story(chief, "Bridge", slug="bridge")
print(cast.publish(story, chief).pk)
scopes = ["read", "write", "publish", "manage"]
print(publishing.create_token(by=chief, name="Fuzz", person=chief, scopes=scopes)[1])
"""
OPERATIONS = 28
COMMAND = Path(sys.executable).with_name("schemathesis")


def load(site: Site):
    """Read the document from a server."""
    return schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")


def prepare_site(site: Site) -> tuple[str, str]:
    """Make a newsroom with a story; returns its update's id, and a chief editor's token."""
    update, token = site.shell(NEWSROOM).split()[-2:]
    return update, token


def with_names(parameters: dict | None, update: str) -> dict | None:
    """Put what there is into three of four addresses: else nearly all would be of nothing."""
    if not parameters or zlib.crc32(repr(parameters).encode()) % 4 == 0:
        return parameters
    there = {"slug": "bridge", "id": update}
    return {name: there.get(name, value) for name, value in parameters.items()}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Schemathesis calls this where it runs as a program."""
    update = os.environ.get("UPDATE")
    return with_names(path_parameters, update) if update else path_parameters


def run(site: Site, calls: int) -> int:
    """Let schemathesis ask about so many times; returns its exit code."""
    update, token = prepare_site(site)
    return subprocess.run(
        [
            *(COMMAND, "run", f"{site.url}/api/v1/openapi.json"),
            *("-H", f"Authorization: Bearer {token}"),
            *("--checks", ",".join(check.__name__ for check in CHECKS)),
            *("--phases", "examples,coverage,fuzzing", "-n", str(max(1, calls // OPERATIONS))),
            *("--suppress-health-check", "all", "--continue-on-failure"),
        ],
        env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.api.openapi_fuzz", "UPDATE": update},
    ).returncode


def main(calls: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), API_RATE="1000000", LOG_LEVEL="WARNING")
        site.prepare(demo=False)
        site.start()
        try:
            return run(site, calls)
        finally:
            site.stop()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
