"""Ask a real API what its own document allows, and what it does not, many times.

python -m tests.api.openapi_fuzz CALLS   (on SQLite in a temporary folder)
"""

import io
import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import schemathesis
from PIL import Image
from schemathesis.specs.openapi import checks

from tests.server import Site

DRAWN = io.BytesIO()
Image.new("RGB", (80, 60)).save(DRAWN, "PNG")
PICTURE = DRAWN.getvalue()
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
cast.make_live_story(chief, "Ferry", slug="ferry")
story = cast.make_live_story(chief, "Bridge", slug="bridge")
print(cast.publish(story, chief).pk)
scopes = ["read", "write", "publish", "manage"]
print(publishing.create_token(by=chief, name="Fuzz", person=chief, scopes=scopes)[1])
"""
DRAFT = "6f1e3c52-5d0a-4a2e-9a53-0c8b7c1f0a11"
# What is answered with 2xx, in this order, by the operations' names.
SUCCESSES = [
    ("who_am_i", {}),
    ("list_stories", {}),
    ("list_sources", {}),
    ("list_topics", {}),
    ("make_story", {"body": {"headline": "Made by a program"}}),
    ("read_story", {}),
    ("change_story", {"body": {"kicker": "Traffic"}}),
    ("put_update", {"body": {"text": "Cars cross."}}),
    ("submit_update", {}),
    ("send_update_back", {"body": {"note": "Which cars?"}}),
    ("schedule_update", {"body": {"scheduled_for": "2099-01-01T00:00:00Z"}}),
    ("unschedule_update", {}),
    ("publish_update", {}),
    ("pin_update", {}),
    ("unpin_update", {}),
    ("retract_update", {"body": {"note": "Wrong."}}),
    ("restore_update", {}),
    ("get_update", {}),
    ("list_updates", {}),
    ("post_update", {"body": {"text": "Again."}, "headers": {"Idempotency-Key": "one"}}),
    ("export_story", {"query": {"format": "liveblogposting"}}),
    ("upload_picture", {"body": {"file": PICTURE, "alt": "A bridge."}}),
    ("end_story", {}),
    ("open_story", {"body": {}}),
    ("withdraw_story", {"body": {"note": "Wrong."}, "path_parameters": {"slug": "ferry"}}),
]
COMMAND = Path(sys.executable).with_name("schemathesis")


def load(site: Site):
    """Read the document from a server."""
    return schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")


def prepare_site(site: Site) -> tuple[str, str]:
    """Make a newsroom with a story; returns its update's id, and a chief editor's token."""
    update, token = site.shell(NEWSROOM).split()[-2:]
    return update, token


def ask_for_successes(site: Site, token: str) -> int:
    """Let every operation succeed once as its document says; returns how many there are."""
    operations = {each.definition.raw["operationId"]: each for each in all_operations(site)}
    assert operations.keys() == dict(SUCCESSES).keys()
    for name, values in SUCCESSES:
        names = {"path_parameters": {"slug": "bridge", "id": DRAFT}}
        media = "multipart/form-data" if name == "upload_picture" else "application/json"
        media = {"media_type": media} if "body" in values else {}
        case = operations[name].Case(**names | values | media)
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in {200, 201}, (name, answer.status_code, answer.text)
        case.validate_response(answer, checks=CHECKS)
    return len(operations)


def all_operations(site: Site):
    return [each.ok() for each in load(site).get_all_operations()]


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
    count = ask_for_successes(site, token)
    return subprocess.run(
        [
            *(COMMAND, "run", f"{site.url}/api/v1/openapi.json"),
            *("-H", f"Authorization: Bearer {token}"),
            *("--checks", ",".join(check.__name__ for check in CHECKS)),
            *("--phases", "examples,coverage,fuzzing", "-n", str(max(1, calls // count))),
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
