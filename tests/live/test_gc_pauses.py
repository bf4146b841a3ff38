"""Full garbage collections are counted, and no others."""

import gc

import pytest

from liveblog.live.gc_pauses import GcPauses

pytestmark = pytest.mark.any_database


@pytest.fixture
def pauses():
    counted = GcPauses()
    gc.disable()
    counted.start()
    yield counted
    counted.stop()
    gc.enable()


def test_full_collections_are_counted(pauses):
    for generation in (0, 1, 2, 2):
        gc.collect(generation)

    assert pauses.count == 2
    assert 0 < pauses.longest <= pauses.seconds
