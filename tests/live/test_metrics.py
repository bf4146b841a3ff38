"""What the shipped alarms and graphs ask for is what `/metrics` says."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from liveblog.live.django_pools import DjangoPools
from liveblog.live.hub import Hub
from liveblog.live.metrics import Metrics
from liveblog.live.response_cache import ResponseCache
from liveblog.live.scheduler import Scheduler

pytestmark = pytest.mark.django_db
DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = re.compile(r"\b(?:liveblog|process)_\w+")
PART = re.compile(r"_(?:total|bucket|count|sum)\Z")


@pytest.fixture
def metrics():
    hub, django = Hub(), DjangoPools(None)
    cache = ResponseCache(django, hub, allowed_hosts=[], grace=300)
    return Metrics(hub, cache, Scheduler(lambda: None), django)


def written(metrics) -> set[str]:
    return {family.name for family in text_string_to_metric_families(metrics.write().decode())}


@pytest.mark.parametrize("name", ["alerts.yml", "grafana.json"])
def test_every_figure_that_is_asked_for_is_there(metrics, name):
    metrics.read_backlog()

    asked = {PART.sub("", each) for each in NAME.findall((DEPLOY / name).read_text())}

    assert len(asked) > 10
    assert asked <= written(metrics)


def test_the_backlog_is_told_once_it_was_read(metrics):
    before = written(metrics)
    metrics.read_backlog()

    assert "liveblog_webhook_messages" not in before
    assert "liveblog_webhook_messages" in written(metrics)


def test_the_dashboard_is_json_with_graphs():
    dashboard = json.loads((DEPLOY / "grafana.json").read_text())

    assert dashboard["title"] == "Liveblog"
    assert sum(panel["type"] == "timeseries" for panel in dashboard["panels"]) >= 10
