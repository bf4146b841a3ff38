"""What `make deploy-check` runs: the page's own commands, and the units as they are shipped.

The check itself needs root, a network and some minutes: it is a command of its own.
"""

import pytest

from deploy.check import guide, systemctl
from tests.server import ROOT

pytestmark = pytest.mark.any_database


def test_the_page_holds_every_step_that_is_run():
    assert [number for number in range(1, 10) if not guide.step(number)] == [8]  # in a browser
    assert "manage.py add_person anna" in guide.step(5)
    assert [" backup " in each for each in guide.commands_of("Backups")] == [True, False]
    assert "systemctl restart liveblog@8000" in guide.commands_of("Upgrades")[0]


def test_the_units_are_read_as_systemd_reads_them(monkeypatch):
    monkeypatch.setattr(systemctl, "UNITS", [ROOT / "deploy"])

    process, daily = systemctl.Unit("liveblog@8001"), systemctl.Unit("liveblog-daily")

    assert "--port 8001 " in process.first("ExecStart")
    assert "\\" not in process.first("ExecStart")
    assert process.first("User") == daily.first("User") == "liveblog"
    assert "/$(date +%F-%H%M%S).tar'" in daily.first("ExecStart")
    assert len(daily.settings["ExecStart"]) == 4
