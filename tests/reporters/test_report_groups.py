"""Groups of `--group-by`, and tables of `--statistics`."""

import io

import pytest

from newslint.cli.terminal import create_writer
from newslint.diagnostics import Diagnostic, Report, Severity
from newslint.reporters.summary import count_by_provider, count_by_rule, render_statistics
from newslint.reporters.text import MAX_PLAIN_LINES, GroupBy, render_text
from newslint.text import Location, Position, SourceText, Span

SPAN = Span(Position(2, 8), Position(2, 12))


def make_diagnostic(
    rule: str, cause: str, path: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    location = Location(path, "/title", SPAN)
    provider = "a.example" if cause == "big" else ""
    return Diagnostic(rule, "text", severity, "m", location, cause=f"{rule}:{cause}").replace(
        provider=provider
    )


def report(*diagnostics: Diagnostic) -> Report:
    return Report(4, 4, 4, tuple(sorted(diagnostics, key=lambda each: each.order)))


SMALL = report(
    make_diagnostic("minor", "small", "a.md", Severity.INFO),
    make_diagnostic("major", "small", "b.md"),
    *(make_diagnostic("major", "big", f"{name}.md") for name in "cde"),
)


def render(given: Report, group_by: GroupBy) -> str:
    file = io.StringIO()
    page = create_writer(file, "never")
    render_text(given, page, lambda path: SourceText(f"---\ntitle: {path}\n---\n"), group_by)
    return file.getvalue()


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and line[0] not in " 0123456789"]


def test_by_default_causes_come_in_the_order_of_their_first_places() -> None:
    assert [line.split()[0] for line in headings(render(SMALL, "auto"))] == [
        "a.md:2:8",
        "b.md:2:8",
        "c.md:2:8",
    ]


def test_by_cause_the_one_with_most_places_comes_first() -> None:
    text = render(SMALL, "cause")
    assert [line.split()[0] for line in headings(text)] == ["c.md:2:8", "a.md:2:8", "b.md:2:8"]


def test_by_file_every_place_is_shown_under_its_file() -> None:
    text = render(SMALL, "file")
    assert [line.split()[0] for line in headings(text)] == [
        part for name in "abcde" for part in (f"{name}.md", f"{name}.md:2:8")
    ]
    assert "also" not in text


def test_by_rule_the_worst_comes_first_with_its_figures() -> None:
    assert headings(render(SMALL, "rule")) == [
        "major error  4 places, 2 causes, 4 files",
        "c.md:2:8 error major",
        "b.md:2:8 error major",
        "minor info  1 place, 1 cause, 1 file",
        "a.md:2:8 info minor",
    ]


def many(number: int) -> Report:
    return report(*(make_diagnostic("major", f"{index}", f"{index}.md") for index in range(number)))


LINES_OF_CAUSE = 5


@pytest.mark.parametrize("more", [0, 1])
def test_of_too_many_causes_the_greatest_of_each_rule_are_shown(more: int) -> None:
    number = MAX_PLAIN_LINES // LINES_OF_CAUSE + more
    text = render(many(number), "auto")
    if more:
        assert len(headings(text)) < 5
        assert f"and {number - 2} more causes: --group-by cause shows all" in text
    else:
        assert text.count("error major") == number


def test_nothing_found_has_no_groups() -> None:
    assert headings(render(Report(3), "rule")) == ["No diagnostics in 3 documents"]


def test_statistics_count_places_causes_fixes_and_records() -> None:
    assert [tuple(row) for row in count_by_rule(SMALL)] == [
        ("major", 4, 4, 2, 0, 4),
        ("minor", 1, 1, 1, 0, 1),
    ]
    assert [tuple(row) for row in count_by_provider(SMALL)] == [
        ("a.example", 3, 3, 1, 0, 3),
        ("(no provider)", 2, 2, 2, 0, 2),
    ]
    assert list(render_statistics(SMALL)) == [
        "rule                               visible diagnostics   causes  fixable   share",
        "major                                    4           4        2        0  100.0%",
        "minor                                    1           1        1        0   25.0%",
        "",
        "provider                           visible diagnostics   causes  fixable   share",
        "a.example                                3           3        1        0   75.0%",
        "(no provider)                            2           2        2        0   50.0%",
    ]


def test_statistics_without_providers_are_by_rule_only() -> None:
    found = list(render_statistics(report(make_diagnostic("r", "c", "a.md"))))
    assert len(found) == 2
    assert found[0].startswith("rule ")


def test_statistics_leave_out_small_providers() -> None:
    given = report(
        *(make_diagnostic("r", f"{n}", "a.md")._replace(provider=f"{n}.example") for n in range(30))
    )
    assert list(render_statistics(given))[-1] == "and 10 more providers"
