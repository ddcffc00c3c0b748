"""The schedule keeps the interval of each host, and starts the oldest request first."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newslint.online.schedule import FIRST, Schedule

JOBS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 99)), max_size=30)


@given(JOBS, st.data())
def test_no_two_requests_to_a_host_start_within_its_interval(
    jobs: list[tuple[str, int]], data: st.DataObject
) -> None:
    schedule: Schedule[tuple[str, int]] = Schedule(2.0)
    for host, age in jobs:
        schedule.put(host, f"{age:02}", (host, age))
    starts: dict[str, list[float]] = defaultdict(list)
    running: list[str] = []
    now, taken = 0.0, []
    while len(taken) < len(jobs):
        job = schedule.take(now)
        if job is not None:
            assert job[0] not in running
            taken.append(job)
            starts[job[0]].append(now)
            running.append(job[0])
        elif running and data.draw(st.booleans()):
            schedule.finish(running.pop(data.draw(st.integers(0, len(running) - 1))))
        else:
            wait = schedule.wait(now)
            assert wait is not None or running
            if wait is None:
                schedule.finish(running.pop())
            now += data.draw(st.floats(0, 3)) if wait is None else wait
    assert sorted(taken) == sorted(jobs)
    assert len(schedule) == 0
    for times in starts.values():
        assert all(late - early >= 2 for early, late in pairwise(times))


@given(JOBS)
def test_the_request_with_the_lowest_priority_is_first(jobs: list[tuple[str, int]]) -> None:
    schedule: Schedule[int] = Schedule(0.0)
    for host, age in jobs:
        schedule.put(host, f"{age:02}", age)
    taken = []
    while len(schedule):
        job = schedule.take(0.0)
        assert job is not None
        taken.append(job)
        for host in "abc":
            schedule.finish(host)
    assert taken == sorted(age for _, age in jobs)


def test_rules_of_a_site_come_before_its_addresses() -> None:
    schedule: Schedule[str] = Schedule(1.0)
    schedule.put("a", "0", "address")
    schedule.put("a", FIRST, "rules")
    assert schedule.take(0) == "rules"


def test_a_request_that_was_not_sent_delays_no_other() -> None:
    schedule: Schedule[int] = Schedule(5.0)
    for number in range(3):
        schedule.put("a", "0", number)
    assert schedule.take(0) == 0
    schedule.finish("a", is_sent=False)
    assert schedule.take(0) == 1
    schedule.finish("a")
    assert schedule.take(0) is None
    assert schedule.wait(0) == 5


def test_delays_and_longer_intervals() -> None:
    schedule: Schedule[int] = Schedule(1.0)
    for number in range(4):
        schedule.put("a", "0", number)
    assert schedule.take(0) == 0
    schedule.finish("a")
    schedule.slow_down("a", 3)
    schedule.slow_down("a", 2)
    assert schedule.wait(0) == 3
    schedule.delay("a", 10)
    schedule.delay("a", 5)
    assert schedule.wait(0) == 10
    assert schedule.take(10) == 1
    schedule.finish("a")
    assert schedule.wait(10) == 3
