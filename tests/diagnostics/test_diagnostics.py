"""Diagnostics: their place in a file, order, severity and counts."""

import pytest

from newslint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Occurrence,
    RelatedLocation,
    Report,
    Safety,
    Severity,
)
from newslint.text import Location, Position, Span


def span(line: int, column: int = 1) -> Span:
    return Span(Position(line, column), Position(line, column + 3))


def diagnostic(
    rule: str = "rule",
    path: str = "a.md",
    place: Span | None = None,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(rule, "test", severity, "message", Location(path, "/title", place or span(1)))


def test_all_locations_of_a_fragments_diagnostic_are_placed() -> None:
    fix = Fix("Do it", Safety.SAFE, (Edit(span(2), "x"), Edit(span(3), "y")))
    related = RelatedLocation(Location("", "/excerpt", span(2)), "here")
    found = diagnostic(path="", place=span(1))._replace(fix=fix, related_locations=(related,))
    placed = found.replace(occurrence=Occurrence("b.md", "/related/3", 10))
    assert placed.location == Location("b.md", "/related/3/title", span(11))
    assert placed.related_locations == (
        RelatedLocation(Location("b.md", "/related/3/excerpt", span(12)), "here"),
    )
    assert placed.fix == Fix("Do it", Safety.SAFE, (Edit(span(12), "x"), Edit(span(13), "y")))


def test_a_diagnostic_without_a_fix_is_placed() -> None:
    assert diagnostic().replace(occurrence=Occurrence("b.md", "", 1)).fix is None


def test_order_is_file_place_rule() -> None:
    ordered = [
        diagnostic("z", path="a.md", place=span(1, 2)),
        diagnostic("a", path="a.md", place=span(2, 1)),
        diagnostic("b", path="a.md", place=span(2, 1)),
        diagnostic("a", path="a.md", place=span(10, 1)),
        diagnostic("a", path="b.md", place=span(1, 1)),
    ]
    shuffled = [ordered[index] for index in (3, 1, 4, 0, 2)]
    assert sorted(shuffled, key=lambda each: each.order) == ordered


@pytest.mark.parametrize(
    ("severity", "level", "reaches"),
    [
        (Severity.ERROR, Severity.ERROR, True),
        (Severity.ERROR, Severity.INFO, True),
        (Severity.WARNING, Severity.ERROR, False),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.INFO, Severity.WARNING, False),
        (Severity.INFO, Severity.INFO, True),
    ],
)
def test_a_severity_reaches_the_levels_below_it(
    severity: Severity, level: Severity, *, reaches: bool
) -> None:
    assert severity.reaches(level) is reaches
    assert Report(diagnostics=(diagnostic(severity=severity),)).fails(level) is reaches


def test_a_report_counts() -> None:
    fix = Fix("Do it", Safety.SAFE, ())
    report = Report(
        documents=3,
        diagnostics=(
            diagnostic("b", severity=Severity.WARNING)._replace(cause="b:1"),
            diagnostic("b", severity=Severity.WARNING)._replace(cause="b:1", fix=fix),
            diagnostic("a", severity=Severity.INFO)._replace(cause="a:1"),
        ),
    )
    assert (report.causes, report.fixable) == (2, 1)
    assert report.by_severity == {"error": 0, "warning": 2, "info": 1}
    assert list(report.by_rule.items()) == [("a", 1), ("b", 2)]


def test_an_empty_report_fails_nothing() -> None:
    report = Report()
    assert (report.causes, report.fixable, report.by_rule) == (0, 0, {})
    assert not report.fails(Severity.INFO)


def test_severities_compare_by_how_bad_they_are() -> None:
    assert max(Severity) is Severity.ERROR
    assert sorted(Severity) == [Severity.INFO, Severity.WARNING, Severity.ERROR]
    assert Severity.INFO < Severity.WARNING <= Severity.WARNING < Severity.ERROR
    assert Severity.ERROR >= Severity.ERROR > Severity.INFO
    assert not Severity.ERROR < Severity.INFO
    assert Severity.ERROR < "f" < Severity.WARNING
