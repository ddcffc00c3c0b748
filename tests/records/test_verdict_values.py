"""Verdicts: how they follow each other, how old they may be, and their file."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newslint.records.verdicts import State, Verdict, Verdicts, read_lines, write_lines

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://example.org/a"

VERDICTS = st.builds(
    Verdict,
    address=st.text(min_size=1).map(lambda text: f"https://example.org/{text}"),
    state=st.sampled_from(State),
    time=st.integers(0, 10**6).map(lambda seconds: START + timedelta(seconds=seconds)),
    status=st.none() | st.integers(100, 599),
    reason=st.text(),
    final=st.text(),
    size=st.none() | st.integers(0, 2**40),
    failures=st.integers(0, 9),
    since=st.none() | st.just(START),
)


def gone(hours: float) -> Verdict:
    return Verdict(address=URL, state=State.GONE, time=START + timedelta(hours=hours), status=404)


def other(state: State, hours: float) -> Verdict:
    return Verdict(address=URL, state=state, time=START + timedelta(hours=hours))


def follow(*verdicts: Verdict) -> Verdict:
    """Complete verdicts by those before, and return the last."""
    last = None
    for each in verdicts:
        last = each.after(last)
    assert last is not None
    return last


def test_one_failure_or_several_within_a_day_confirm_nothing() -> None:
    assert not follow(gone(0)).is_confirmed
    last = follow(gone(0), gone(1), gone(23.9))
    assert (last.failures, last.since, last.is_confirmed) == (3, START, False)


def test_two_failures_a_day_apart_confirm_that_an_address_is_gone() -> None:
    last = follow(gone(0), gone(24))
    assert (last.failures, last.since, last.is_confirmed) == (2, START, True)


def test_answers_that_prove_nothing_neither_count_nor_interrupt() -> None:
    for state in (State.UNKNOWN, State.REFUSED):
        between = follow(gone(0), other(state, 12))
        assert not between.is_confirmed
        assert between.failures == 1
        assert follow(gone(0), other(state, 12), gone(36)).is_confirmed
        assert not follow(other(state, 0), other(state, 36), gone(72)).is_confirmed


def test_an_answer_ends_the_failures() -> None:
    for state in (State.ALIVE, State.MOVED):
        assert follow(gone(0), gone(30), other(state, 40)).failures == 0
        assert not follow(gone(0), other(state, 12), gone(36)).is_confirmed


def test_verdicts_expire_by_the_day() -> None:
    known = Verdicts().merge([gone(0)])
    assert known.recent(date(2026, 12, 1), 30) == known
    assert len(known.recent(date(2026, 12, 2), 30)) == 0
    assert known.recent(date(2020, 1, 1), 30) == known  # settings may pin an earlier day


@given(st.lists(VERDICTS))
def test_a_file_contains_what_was_written(verdicts: list[Verdict]) -> None:
    known = Verdicts().merge(verdicts)
    text = write_lines(known)
    assert read_lines(text).verdicts == known
    assert read_lines(text).damaged == ()
    assert write_lines(read_lines(text).verdicts) == text


@given(st.lists(VERDICTS), st.lists(VERDICTS))
def test_the_newer_of_two_verdicts_counts(one: list[Verdict], others: list[Verdict]) -> None:
    merged = Verdicts().merge(one).merge(others)
    times: dict[str, datetime] = {}
    for each in (*one, *others):
        times[each.address] = max(each.time, times.get(each.address, each.time))
    assert {name: each.time for name, each in merged.by_address.items()} == times


def test_damaged_lines_are_left_out() -> None:
    lines = (
        "no JSON",
        write_lines(Verdicts().merge([gone(0)])).strip(),
        "",
        '{"address": "https://example.org/b", "state": "lost", "time": "2026-11-01T00:00:00Z"}',
        '{"address": "https://example.org/b", "state": "gone", "time": "2026-11-01T00:00:00"}',
        '{"state": "gone"}',
        '{"address": "https://b.test", "state": "alive", "time": "2026-11-01T00:00:00Z", "": 1}',
    )
    found = read_lines("\n".join(lines))
    assert found.damaged == (1, 4, 5, 6)
    assert sorted(found.verdicts.by_address) == ["https://b.test", URL]
