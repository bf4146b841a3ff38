"""`make deploy-check`: docs/deployment.md, from a bare Debian to a restored backup.

python3 -m deploy.check         the page's steps
python3 -m deploy.check ci      .ci/run; PYTEST="-k …" narrows it
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from . import guide
from .machine import PLACE, Failed, Machine, missing_tools

EPOCHS = "from liveblog.models import Story; print(*Story.objects.values_list('epoch', flat=True))"
CERTIFICATE = """
mkdir -p /etc/letsencrypt/live/live.example.org
cd /etc/letsencrypt/live/live.example.org
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=live.example.org \\
    -keyout privkey.pem -out fullchain.pem
"""
# The services that Debian starts by itself, at boot and when they are installed.
SERVICES = """
install -m 755 deploy/check/systemctl.py /usr/local/bin/systemctl
systemctl start postgresql@15-main nginx
"""
UNITS = """
cd /etc/systemd/system
systemd-analyze verify ./liveblog@8000.service ./liveblog-daily.service ./liveblog-daily.timer
"""
PYTHON = ".venv/bin/python"
LOAD = f"{PYTHON} -m deploy.check.load"


def main(arguments: list[str]) -> int:
    if os.geteuid() != 0:
        return _refuse("Only root can make a machine: run it as root.")
    if missing := missing_tools():
        return _refuse(f"apt-get install {' '.join(sorted(missing))}")
    if tuple(arguments) not in _CHECKS:
        return _refuse(__doc__ or "")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by way of what is to be removed
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / "log").write_text("")  # all that the machines say
    check, names = _CHECKS[tuple(arguments)]
    machines = [Machine(name) for name in names]
    try:
        begun = time.monotonic()
        check(*machines)
        _say("all of it", time.monotonic() - begun)
    except Failed as failure:
        return _refuse(str(failure))
    finally:
        for machine in machines:
            machine.remove()
    return 0


def _check_page(machine: Machine, empty: Machine) -> None:
    _step("a bare Debian", machine.make)
    _step("1. packages and the user", lambda: machine.install(guide.step(1)))
    _step("2. the code, of the last commit", lambda: _install_code(machine))
    _step("a second machine, as far", lambda: machine.copy("empty"))
    machine.boot()
    _step("PostgreSQL and nginx start", lambda: machine.run(SERVICES))
    _step("3. the database", lambda: machine.run(guide.step(3)))
    _step("4. settings", lambda: machine.run(guide.step(4)))
    link = _link(_step("5. tables, files, first person", lambda: machine.run(guide.step(5))))
    _step("6. two processes", lambda: machine.run(guide.step(6)))
    _step("7. nginx", lambda: _configure_nginx(machine))
    token = _step("8. the first editor signs in", lambda: _editor(machine, "welcome", link))
    token = token.split()[-1]
    _step("a publish, seen by readers", lambda: _editor(machine, "publish", token))
    _step("a takedown, gone everywhere", lambda: _editor(machine, "take-down", token))
    _step("restarts under load", lambda: _restart_under_load(machine, token))
    _step("9. the daily backup", lambda: machine.run(guide.step(9)))
    _step("systemd's opinion of the units", lambda: machine.run(UNITS))
    _step("a backup by hand", lambda: machine.run(guide.commands_of("Backups")[0]))
    pages = _step("every page read", lambda: _pages(machine))
    _move(machine, empty)
    machine.stop()
    empty.boot()
    _step("the empty machine, steps 3 and 4", lambda: _prepare(empty))
    _step("the restore", lambda: empty.run(guide.commands_of("Backups")[1]))
    _step("its steps 6 and 7", lambda: (empty.run(guide.step(6)), _configure_nginx(empty)))
    _step(f"{len(pages)} pages compared", lambda: _compare(pages, _pages(empty)))


def _install_code(machine: Machine) -> None:
    """Take step 2 with a clone of this repository, as far as it is committed."""
    repository = machine.root / "srv" / "repository.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", guide.ROOT, repository], check=True)
    machine.install(guide.step(2).replace("<this repository>", "/srv/repository.git"))


def _configure_nginx(machine: Machine) -> None:
    machine.run(CERTIFICATE)
    machine.run(guide.step(7))


def _link(output: str) -> str:
    return next(line for line in output.splitlines() if line.startswith("https://"))


def _editor(machine: Machine, verb: str, argument: str) -> str:
    return machine.run(f"{PYTHON} -m deploy.check.editor {verb} {argument}")


def _restart_under_load(machine: Machine, token: str) -> None:
    """Restart both processes, one after the other, as "Upgrades" says; nobody may notice."""
    restarts = guide.commands_of("Upgrades")[0].partition("systemctl restart")
    machine.run(
        f"""
        {LOAD} {token} /tmp/enough > /tmp/load 2>&1 & load=$!
        sleep 3
        {restarts[1]}{restarts[2]}
        sleep 5
        touch /tmp/enough
        wait $load || {{ cat /tmp/load; exit 1; }}
        cat /tmp/load
        """.replace("\n        ", "\n")
    )


def _pages(machine: Machine) -> dict[str, list]:
    machine.run(
        f"""set -a; . /etc/liveblog.env; set +a
epochs=$(runuser -u liveblog -- {PYTHON} manage.py shell -v0 -c "{EPOCHS}")
{PYTHON} -m deploy.check.pages $epochs > /tmp/pages"""
    )
    return json.loads((machine.root / "tmp/pages").read_text())


def _move(machine: Machine, empty: Machine) -> None:
    """Carry the backup over, to where the service's user can read it."""
    backup = (machine.root / "var/backups/liveblog/now.tar").read_bytes()
    carried = empty.root / "var/tmp/liveblog.tar"
    carried.write_bytes(backup)
    carried.chmod(0o644)


def _prepare(empty: Machine) -> None:
    empty.run(SERVICES)
    empty.run(guide.step(3))
    empty.run(guide.step(4))


def _compare(expected: dict, found: dict) -> None:
    differing = sorted(each for each in expected | found if expected.get(each) != found.get(each))
    if differing:
        lines = (f"{each}: {_status(expected, each)}, {_status(found, each)}" for each in differing)
        raise Failed("Not the same after the restore:\n" + "\n".join(lines))

    if wrong := {each: status for each, (status, _) in expected.items() if status != 200}:
        raise Failed(f"Links that lead nowhere: {wrong}")


def _status(pages: dict, address: str) -> str:
    return str(pages[address][0]) if address in pages else "not linked"


def _check_ci(machine: Machine) -> None:
    _step("a bare Debian", machine.make)
    folder = machine.root / "srv" / "liveblog"
    subprocess.run(["git", "clone", "--quiet", guide.ROOT, folder], check=True)
    narrowed = {name: os.environ[name] for name in ("PYTEST",) if name in os.environ}
    _step(".ci/run", lambda: machine.install("exec /srv/liveblog/.ci/run", **narrowed))


def _step(name: str, act: Callable):
    begun = time.monotonic()
    try:
        result = act()
    except Failed:
        _say(f"{name}: FAILED", time.monotonic() - begun)
        raise
    _say(name, time.monotonic() - begun)
    return result


def _say(name: str, seconds: float) -> None:
    sys.stdout.write(f"{seconds:7.1f} s  {name}\n")
    sys.stdout.flush()


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 1


_CHECKS = {(): (_check_page, ["machine", "empty"]), ("ci",): (_check_ci, ["ci"])}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
