"""A crowd goes in a few at a time, in order, and behind whoever still comes."""

import asyncio

import pytest

from liveblog.live.admission_queue import AdmissionQueue

pytestmark = pytest.mark.any_database


def run(scene, **settings):
    """Play a scene with queue, and with a function by which numbered people come."""
    went_in: list[int] = []

    async def play():
        queue, tasks = AdmissionQueue(**settings), []

        async def come(number):
            await queue.wait()
            went_in.append(number)

        await scene(lambda number: tasks.append(asyncio.ensure_future(come(number))), went_in)
        await asyncio.gather(*tasks, return_exceptions=True)
        return tasks

    return asyncio.run(play()), went_in


async def iterations(number):
    for _ in range(number):
        await asyncio.sleep(0)


def test_few_go_in_at_once_and_in_order():
    async def scene(come, went_in):
        for number in range(7):
            come(number)
        sizes = []
        while len(went_in) < 7:
            await iterations(1)
            sizes.append(len(went_in))
        assert [size for size in dict.fromkeys(sizes) if size] == [3, 6, 7]

    _, went_in = run(scene, at_once=3, most_passed=0)
    assert went_in == list(range(7))


def test_those_who_wait_let_newcomers_connect_first():
    async def scene(come, went_in):
        for number in range(20):
            come(number)
            await iterations(1)
            assert went_in == []

    _, went_in = run(scene, at_once=1, most_passed=100)
    assert went_in == list(range(20))


def test_newcomers_starve_nobody():
    async def scene(come, went_in):
        for number in range(60):
            come(number)
            await iterations(1)
        assert 5 <= len(went_in) < 60

    run(scene, at_once=1, most_passed=5)


def test_one_who_leaves_holds_up_nobody():
    async def scene(come, went_in):
        for number in range(3):
            come(number)
        await iterations(1)
        next(each for each in asyncio.all_tasks() if each.get_coro().__name__ == "come").cancel()

    tasks, went_in = run(scene, at_once=3, most_passed=0)
    assert sum(each.cancelled() for each in tasks) == 1
    assert len(went_in) == 2
