"""`deploy/Containerfile` and `compose.yaml`, in step with what they are made from.

No container is started: what is read is compared with the lock, the Makefile and the unit, and a
real nginx reads its configuration.
"""

import json
import re
import shlex
import subprocess

import pytest
import yaml

from tests import tools
from tests.server import ROOT, free_port

pytestmark = pytest.mark.any_database
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
SERVICES = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
OURS = {"prepare", "web1", "web2"}


def instructions(name) -> list[str]:
    return re.findall(rf"^{name} (.*)$", CONTAINERFILE, re.MULTILINE)


def test_the_image_installs_the_lock_as_the_makefile_does():
    makefile = (ROOT / "Makefile").read_text()

    assert "--require-hashes -r requirements.lock" in CONTAINERFILE
    assert "--require-hashes" in makefile
    assert "-r requirements.lock" in makefile


def test_the_image_runs_what_the_unit_runs():
    unit = (DEPLOY / "liveblog@.service").read_text().replace("\\\n", " ")
    expected = shlex.split(re.search(r"^ExecStart=\S+ (.*)$", unit, re.MULTILINE)[1])
    expected[expected.index("--host") + 1] = "0.0.0.0"  # inside the container
    expected[expected.index("--port") + 1] = "8000"

    (command,) = instructions("CMD")

    assert json.loads(command)[1:] == expected


def test_the_image_holds_all_that_the_product_is():
    """Every folder and module at the root that is not for tests, documents or deployment."""
    copied = {name for each in instructions("COPY") for name in each.split()[:-1]}
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    roots = {each.partition("/")[0] for each in tracked}
    aside = {"bench", "deploy", "docs", "examples", "tests", "Makefile", "LICENSE"}
    product = {each for each in roots - aside if not each.startswith(".") and each[-3:] != ".md"}
    ignore = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()

    assert product <= copied
    assert product <= {each[1:] for each in ignore if each.startswith("!")}


def test_no_container_of_ours_runs_as_root_or_writes_to_its_root():
    assert instructions("USER") == ["liveblog"]
    assert instructions("HEALTHCHECK")
    for name, service in SERVICES.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert SERVICES["database"]["user"] == "postgres"
    assert "unprivileged" in SERVICES["proxy"]["image"]


def test_two_processes_start_when_the_tables_are_there_and_nginx_when_they_answer():
    depends = {name: service["depends_on"] for name, service in SERVICES.items() if name in OURS}

    assert depends["web1"]["prepare"]["condition"] == "service_completed_successfully"
    assert SERVICES["web1"] == SERVICES["web2"]
    assert set(SERVICES["proxy"]["depends_on"]) == {"web1", "web2"}


def test_backups_are_made_by_tools_as_new_as_the_server():
    server = re.search(r"postgres:(\d+)", SERVICES["database"]["image"])[1]

    assert re.search(r"postgresql-client-(\d+)", CONTAINERFILE)[1] == server


def test_secrets_come_from_files_that_the_settings_read():
    from config.secret_files import read_secret_files

    environ = dict(SERVICES["web1"]["environment"])
    named = [name for name in environ if name.endswith("_FILE")]
    for name in named:
        environ[name] = str(ROOT / "LICENSE")
    read_secret_files(environ)

    assert sorted(named) == ["DATABASE_URL_FILE", "SECRET_KEY_FILE"]
    assert {"SECRET_KEY", "DATABASE_URL"} <= environ.keys()
    assert "SECRET_KEY" not in SERVICES["web1"]["environment"]


def test_nginx_reads_the_configuration_that_compose_mounts(tmp_path):
    if tools.find_nginx() is None:
        tools.note_absence(tools.NO_NGINX)
        pytest.skip(tools.NO_NGINX)
    mounted = [each.split(":") for each in SERVICES["proxy"]["volumes"] if ".conf:" in each]
    moved = {
        "8443": str(free_port()),
        "web1": "127.0.0.1",
        "web2": "127.0.0.1",
        "/tmp/": f"{tmp_path}/",
    }
    moved |= {"/etc/nginx/certificate": str(tmp_path), "/dev/std": f"{tmp_path}/std"}
    for source, target, _ in mounted:
        text = (DEPLOY / source).read_text()
        for old, new in moved.items():
            text = text.replace(old, new)
        path = tmp_path / target.removeprefix("/etc/nginx/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "mime.types").write_text("types { text/css css; }")
    make_certificate(tmp_path)

    command = [tools.find_nginx(), "-t", "-c", tmp_path / "nginx.conf", "-e", tmp_path / "errors"]
    checked = subprocess.run(command, capture_output=True, text=True)

    assert "test is successful" in checked.stderr, checked.stderr


def make_certificate(folder):
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=x", "-keyout", folder / "privkey.pem"),
            *("-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
