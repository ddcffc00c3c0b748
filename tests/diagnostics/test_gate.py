"""Quality gates: which limits a report exceeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.diagnostics import Diagnostic, Gate, GateCondition, Report, Severity, judge_gate
from newslint.diagnostics.gate import Metric, fail_limits
from newslint.text import Location, Position, Span

ERROR, WARNING, INFO = Severity
PLACE = Location("a.md", "/title", Span(Position(1, 1), Position(1, 2)))
RULES = ("mojibake", "missing-image", "self-related")


def report_of(*kinds: tuple[str, Severity], **counts: int) -> Report:
    found = (Diagnostic(rule, "test", severity, "message", PLACE) for rule, severity in kinds)
    return Report(1, diagnostics=tuple(found), **counts)


@pytest.mark.parametrize(
    ("level", "kinds", "passes"),
    [
        (ERROR, [], True),
        (ERROR, [WARNING, INFO], True),
        (ERROR, [ERROR], False),
        (WARNING, [INFO], True),
        (WARNING, [WARNING], False),
        (INFO, [INFO], False),
    ],
)
def test_no_diagnostic_of_the_fail_level_passes(
    level: Severity, kinds: list[Severity], *, passes: bool
) -> None:
    report = report_of(*(("mojibake", each) for each in kinds))
    assert judge_gate(report, Gate(fail_limits(level))).has_passed is passes


def test_a_gate_says_what_failed() -> None:
    report = report_of(*[("mojibake", WARNING)] * 3, ("self-related", ERROR), baselined=7)
    gate = Gate({ERROR: 1, WARNING: 2}, baselined=6)
    result = judge_gate(report, gate)
    assert not result.has_passed
    assert result.conditions == (
        GateCondition(Metric.ERRORS, 1, 1),
        GateCondition(Metric.WARNINGS, 2, 3),
        GateCondition(Metric.BASELINED, 6, 7),
    )
    assert result.failed == result.conditions[1:]


def test_a_rule_with_a_limit_does_not_count_towards_that_of_its_severity() -> None:
    report = report_of(*[("mojibake", ERROR)] * 3, ("self-related", ERROR))
    result = judge_gate(report, Gate({ERROR: 1}, {"mojibake": 3, "missing-image": 0}))
    assert result.conditions == (
        GateCondition(Metric.ERRORS, 1, 1),
        GateCondition(Metric.RULE, 0, 0, "missing-image"),
        GateCondition(Metric.RULE, 3, 3, "mojibake"),
    )
    assert result.has_passed


def test_stale_entries_count() -> None:
    report = report_of(stale_baseline=2)
    assert judge_gate(report, Gate()).has_passed
    assert judge_gate(report, Gate(stale_baseline=0)).failed == (
        GateCondition(Metric.STALE_BASELINE, 0, 2),
    )


def test_diagnostics_that_are_not_listed_count() -> None:
    report = report_of(("mojibake", WARNING), ("mojibake", ERROR), omitted={"mojibake": 5})
    assert judge_gate(report, Gate()).conditions == (GateCondition(Metric.ERRORS, 0, 6),)
    assert judge_gate(report, Gate({}, {"mojibake": 6})).conditions == (
        GateCondition(Metric.RULE, 6, 7, "mojibake"),
    )


kinds = st.lists(st.tuples(st.sampled_from(RULES), st.sampled_from(Severity)), max_size=20)
limits = st.integers(0, 10)
gates = st.builds(
    Gate,
    st.dictionaries(st.sampled_from(Severity), limits),
    st.dictionaries(st.sampled_from(RULES), limits),
)


@given(kinds, gates)
def test_every_diagnostic_counts_at_most_once(
    found: list[tuple[str, Severity]], gate: Gate
) -> None:
    total = sum(each.actual for each in judge_gate(report_of(*found), gate).conditions)
    unlimited = sum(
        rule not in gate.rules and severity not in gate.severities for rule, severity in found
    )
    assert total == len(found) - unlimited


@given(kinds, gates, st.sampled_from(RULES))
def test_one_more_diagnostic_never_lets_a_failed_gate_pass(
    found: list[tuple[str, Severity]], gate: Gate, rule: str
) -> None:
    if not judge_gate(report_of(*found), gate).has_passed:
        for severity in Severity:
            assert not judge_gate(report_of(*found, (rule, severity)), gate).has_passed


@given(kinds, st.sampled_from(Severity))
def test_the_fail_level_is_a_limit_of_zero(
    found: list[tuple[str, Severity]], level: Severity
) -> None:
    report = report_of(*found)
    assert judge_gate(report, Gate(fail_limits(level))).has_passed is not report.fails(level)
