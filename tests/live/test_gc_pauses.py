"""Full garbage collections are rare; they are counted, and no others."""

import gc

import pytest

from liveblog.live.gc_pauses import GcPauses, make_rare

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


def test_a_crowd_that_connects_is_not_stopped_by_full_collections():
    before, pauses = gc.get_threshold(), GcPauses()
    make_rare()
    pauses.start()
    try:
        crowd = [[number] for number in range(500_000)]  # as many objects as 15,000 streams
    finally:
        pauses.stop()
        gc.set_threshold(*before)
        gc.unfreeze()

    assert (len(crowd), pauses.count) == (500_000, 0)
