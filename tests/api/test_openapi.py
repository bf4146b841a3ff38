"""The document is true: whatever schemathesis sends, each answer is one that it names.

`python -m tests.api.openapi_fuzz 2000` asks more.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from .openapi_fuzz import CHECKS, all_operations, ask_for_successes, prepare_site, with_names

pytestmark = pytest.mark.thorough

CALLS = 4  # of each operation


def test_every_answer_is_documented(make_site):
    site = make_site(API_RATE="1000000", LOG_LEVEL="WARNING")
    update, token = prepare_site(site)
    assert ask_for_successes(site, token) == len(all_operations(site)) >= 20
    cases = [case for each in all_operations(site) for case in examples_of(each, CALLS)]

    reads_first = sorted(cases, key=lambda case: case.method != "GET")
    read = set()
    for case in reads_first:
        case.path_parameters = with_names(case.path_parameters, update)
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)
        read |= {case.path} if answer.status_code == 200 and case.method == "GET" else set()
    assert len(cases) >= 20 * CALLS
    assert read >= {"/api/v1/stories/{slug}", "/api/v1/stories/{slug}/updates/{id}"}


def examples_of(operation, count):
    """Generate requests that the document allows."""
    found = []

    @given(case=operation.as_strategy())
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def collect(case):
        found.append(case)

    collect()
    return found
