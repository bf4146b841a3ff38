"""Ask a real API what its own document allows, and what it does not, many times.

python -m tests.api.openapi_fuzz CALLS   (on SQLite in a temporary folder)
"""

import subprocess
import sys
import tempfile
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
cast.publish(story, chief)
scopes = ["read", "write", "publish", "manage"]
print(publishing.create_token(by=chief, name="Fuzz", person=chief, scopes=scopes)[1])
"""
OPERATIONS = 28
COMMAND = Path(sys.executable).with_name("schemathesis")


def load(site: Site):
    """Read the document from a server."""
    return schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")


def prepare_site(site: Site) -> str:
    """Make a newsroom with a story; returns a chief editor's token."""
    return site.shell(NEWSROOM).split()[-1]


def run(site: Site, calls: int) -> int:
    """Let schemathesis ask about so many times; returns its exit code."""
    return subprocess.run(
        [
            *(COMMAND, "run", f"{site.url}/api/v1/openapi.json"),
            *("-H", f"Authorization: Bearer {prepare_site(site)}"),
            *("--checks", ",".join(check.__name__ for check in CHECKS)),
            *("--phases", "examples,coverage,fuzzing", "-n", str(max(1, calls // OPERATIONS))),
            *("--suppress-health-check", "all", "--continue-on-failure"),
        ]
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
