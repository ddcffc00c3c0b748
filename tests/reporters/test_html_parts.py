"""Parts of the HTML report: timeline, source lines, diffs, charts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.diagnostics import Edit, Report, Severity
from newslint.records import ArchiveStatistics
from newslint.reporters.html.cause_groups import group_causes
from newslint.reporters.html.chart_data import (
    MAX_PERIODS,
    Period,
    build_timeline,
    format_day,
)
from newslint.reporters.html.charts import BarValue, Series, draw_bars, draw_lines
from newslint.reporters.html.source_view import (
    ADDED,
    MAX_LINES,
    OMITTED,
    REMOVED,
    DiffLine,
    Hunk,
    MarkedLine,
    MarkedLines,
    diff_hunks,
    mark_line,
    mark_span,
)
from newslint.reporters.html.views import HealthBand, measure_health
from newslint.text import SourceText, Span
from reports import diagnostic, span

DAYS = st.dictionaries(st.sampled_from("abc"), st.dates(), max_size=3)


def report(*severities: tuple[str, Severity]) -> Report:
    found = (diagnostic(path=path, severity=severity) for path, severity in severities)
    return Report(4, diagnostics=tuple(found))


def test_documents_with_errors_are_counted_by_date_of_publication() -> None:
    given_ = report(
        ("a", Severity.ERROR), ("a", Severity.ERROR), ("b", Severity.ERROR), ("c", Severity.INFO)
    )
    days = {"a": date(2022, 9, 12), "c": date(2022, 11, 1), "d": date(2022, 9, 1)}
    found = build_timeline(given_, days)
    assert found.unit == "month"
    assert found.periods == (
        Period("2022-09", 2, 1),
        Period("2022-10", 0, 0),
        Period("2022-11", 1, 0),
    )
    assert found.undated == 1


@pytest.mark.parametrize(
    ("days", "unit", "first", "last"),
    [
        (1, "day", "2020-01-31", "2020-02-01"),
        (40, "month", "2020-01", "2020-03"),
        (2000, "quarter", "2020 Q1", "2025 Q3"),
        (9000, "year", "2020", "2044"),
        (90_000, "10 years", "2020", "2260"),
        (2_000_000, "1,000 years", "2000", "7000"),
    ],
)
def test_length_of_periods(days: int, unit: str, first: str, last: str) -> None:
    start = date(2020, 1, 31)
    found = build_timeline(report(), {"a": start, "b": start + timedelta(days)})
    assert found.unit == unit
    assert found.periods[0].name == first
    assert found.periods[-1].name == last


@given(DAYS)
def test_timeline_counts_every_day(days: dict[str, date]) -> None:
    found = build_timeline(report(*((path, Severity.ERROR) for path in "abc")), days)
    assert len(found.periods) <= MAX_PERIODS
    assert sum(period.documents for period in found.periods) == len(days)
    assert sum(period.affected for period in found.periods) == 3 - found.undated == len(days)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (span(2, 8, 10), [MarkedLine("title: ", "ab", "c")]),
        (span(2, 8, 8), [MarkedLine("title: ", "", "abc")]),
        (span(2, 1, 1, 3), [MarkedLine("", "title: abc", "")]),
        (span(2, 8, 3, 3), [MarkedLine("title: ", "abc", ""), MarkedLine("", "x\\u202e", ": y")]),
        (span(4, 1, 99), [MarkedLine("", "last", "")]),
        (span(9, 1, 2), []),
    ],
)
def test_mark_span(at: Span, expected: list[MarkedLine]) -> None:
    source = SourceText("---\ntitle: abc\r\nx\u202e: y\nlast")
    assert mark_span(at, source) == MarkedLines(tuple(expected))


def test_long_spans_and_long_lines_are_truncated() -> None:
    found = mark_span(span(1, 1, 2, 20), SourceText("a\n" * 30))
    assert (len(found.lines), found.omitted) == (MAX_LINES, 20 - MAX_LINES)
    cut = mark_line("b" * 1000 + "m" * 1000 + "a" * 1000, 1000, 2000)
    assert cut.before.startswith("…b")
    assert cut.marked.endswith("m…")
    assert cut.after.endswith("a…")
    assert sum(map(len, cut)) == 500 + len("………")


def test_diff_marks_the_difference_in_a_line() -> None:
    source = SourceText("---\ntitle: â€™ is\n---\n")
    changes = (
        DiffLine(REMOVED, 0, MarkedLine("title: ", "â€™", " is")),
        DiffLine(ADDED, 0, MarkedLine("title: ", "’", " is")),
    )
    assert diff_hunks((Edit(span(2, 8, 11), "’"),), 3, source) == (Hunk(-1, changes),)


def test_diff_of_a_removed_entry_is_truncated() -> None:
    source = SourceText("related:\n" + "".join(f"  line {n}\n" for n in range(30)))
    ((line, changes),) = diff_hunks((Edit(span(3, 1, 1, 23), ""),), 5, source)
    assert line == -2
    assert [change.line for change in changes] == [0, 1, 2, 3, 4, 5, 6, 7, 12]
    assert {change.kind for change in changes} == {REMOVED, OMITTED}
    assert changes[0].text == MarkedLine("", "", "  line 1")


def test_distant_edits_are_separate_hunks() -> None:
    source = SourceText("a\nb\nc\nd\ne\n")
    edits = (Edit(span(1, 1, 2), "x"), Edit(span(5, 1, 2), "y\nz"))
    found = [
        (line, change.kind, change.line, "".join(change.text))
        for line, changes in diff_hunks(edits, 5, source)
        for change in changes
    ]
    assert found == [
        (-4, "-", 0, "a"),
        (-4, "+", 0, "x"),
        (0, "-", 0, "e"),
        (0, "+", 0, "y"),
        (0, "+", 1, "z"),
    ]
    assert diff_hunks(edits, 5, SourceText("a\n")) == ()
    assert diff_hunks((Edit(span(5, 1, 1, 1), ""),), 1, SourceText("a\n")) == ()


LINES = st.lists(st.sampled_from(["", "a", "b", "ab", " a"]), min_size=1, max_size=6)


@given(LINES, LINES)
def test_applying_the_diff_gives_the_new_lines(before: list[str], after: list[str]) -> None:
    source = SourceText("\n".join(before) + ".")
    end = source.position(len(source.text))
    edit = Edit(Span(span(1, 1, 1).start, end), "\n".join(after) + ".")
    ((_line, found),) = diff_hunks((edit,), 1, source)
    rest = [*before[:-1], before[-1] + "."]
    for change in reversed([each for each in found if each.kind == REMOVED]):
        assert rest.pop(change.line).rstrip() == "".join(change.text).rstrip()
    for change in [each for each in found if each.kind == ADDED]:
        rest.insert(change.line, "".join(change.text))
    expected = [*after[:-1], after[-1] + "."]
    assert [line.rstrip() for line in rest] == [line.rstrip() for line in expected]


def test_health_counts_files_by_their_worst_severity() -> None:
    given_ = report(("a", Severity.ERROR), ("a", Severity.INFO), ("b", Severity.INFO))
    found = measure_health(
        given_, group_causes(given_, lambda _path: SourceText(""), ArchiveStatistics())
    )
    assert found.clean == 2
    assert [(band.name, band.documents) for band in found.bands] == [
        ("clean", 2),
        ("info", 1),
        ("warning", 0),
        ("error", 1),
    ]
    assert found.bands[0] == HealthBand("clean", 2, 0, 500)


def test_bars_are_in_proportion_to_their_values() -> None:
    values = [BarValue(10, "a: 1 of 10"), BarValue(0, ""), BarValue(40, "c: 4 of 10")]
    chart = draw_bars(["a", "b", "c"], values, "error")
    ((name, (first, last), _points),) = chart.series
    assert name == "error"
    assert first.height * 4 == last.height
    assert first.y + first.height == last.y + last.height
    assert last.x > first.x + 2 * first.width
    assert [bar.tooltip for bar in (first, last)] == ["a: 1 of 10", "c: 4 of 10"]
    assert [tick.label for tick in chart.values] == ["0 %", "10 %", "20 %", "30 %", "40 %"]


def test_few_bars_are_no_wider_than_many() -> None:
    values = [BarValue(10, ""), BarValue(20, "")]
    chart = draw_bars(["a", "b"], values, "error")
    ((_, bars, _points),) = chart.series
    assert [bar.width for bar in bars] == [56, 56]
    middles = [bar.x + bar.width / 2 for bar in bars]
    assert middles == pytest.approx([tick.position for tick in chart.labels])


def test_of_many_labels_some_are_shown() -> None:
    chart = draw_bars([*map(str, range(40))], [BarValue(each, "") for each in range(40)], "error")
    assert [tick.label for tick in chart.labels] == ["0", "7", "14", "21", "28", "35"]


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0, ["0", "1"]),
        (12, ["0", "5", "10"]),
        (4_268, ["0", "1k", "2k", "3k", "4k"]),
        (2_600_000, ["0", "500k", "1M", "1.5M", "2M", "2.5M"]),
    ],
)
def test_values_have_round_ticks(highest: int, labels: list[str]) -> None:
    chart = draw_lines([0, 1], format_day, [Series("info", [0, highest])])
    assert [tick.label for tick in chart.values] == labels


def test_lines_go_from_the_first_moment_to_the_last() -> None:
    chart = draw_lines([0, 86_400, 172_800], format_day, [Series("info", [3, 0, 4])])
    first, middle, last = chart.series[0].points
    assert middle.x == (first.x + last.x) / 2
    assert (first.y - last.y) * 4 == middle.y - last.y
    assert last.tooltip == "1970-01-03: 4 info"
    assert chart.labels == ((first.x, "1970-01-01"), (last.x, "1970-01-03"))


def test_runs_at_one_moment_can_be_drawn() -> None:
    chart = draw_lines([5, 5], format_day, [Series("info", [0, 0])])
    assert len(chart.series[0].points) == 2
