"""The diagnostics of the sample archive, as counted by hand."""

from pathlib import Path

import pytest

from helpers import Golden, check, golden_report
from newslint.diagnostics import Report, Severity


@pytest.fixture(scope="module")
def report(repository: Path) -> Report:
    return check(repository, "seeds")


def by_rule(report: Report, rule: str) -> list[tuple[str, str]]:
    found = (each.location for each in report.diagnostics if each.rule == rule)
    return [(location.path[6:9], location.pointer) for location in found]


def test_every_message(report: Report, golden: Golden) -> None:
    golden(Path(__file__).parent / "seeds.expected.json", golden_report(report))


def test_what_there_is_to_check(report: Report) -> None:
    assert (report.documents, report.records, report.mentions) == (5, 4, 27)


def test_counts_by_rule(report: Report) -> None:
    rules = {each.rule for each in report.diagnostics if each.severity is not Severity.INFO}
    assert {rule: len(by_rule(report, rule)) for rule in sorted(rules)} == {
        "missing-front-matter": 1,
        "missing-image": 12,
        "mojibake": 2,
        "quality-mismatch": 2,
        "related-unpublished": 2,
    }


def test_where_each_rule_speaks(report: Report) -> None:
    assert by_rule(report, "missing-front-matter") == [("002", "")]
    assert [path for path, _ in by_rule(report, "mojibake")] == ["001", "003"]
    assert [path for path, _ in by_rule(report, "related-unpublished")] == ["000", "004"]
    assert [path for path, _ in by_rule(report, "quality-mismatch")] == ["004", "004"]
    images = by_rule(report, "missing-image")
    assert all(pointer.startswith("/related/") for _, pointer in images)
    assert by_rule(report, "excerpt-mismatch") == []


def test_one_repair_counts_once(report: Report) -> None:
    causes = {
        rule: len({each.cause for each in report.diagnostics if each.rule == rule})
        for rule in report.by_rule
    }
    assert causes["mojibake"] == 1
    assert causes["missing-image"] == 6
    assert causes["related-unpublished"] == 2


def test_quality_is_measured_by_the_record_then_by_the_majority(report: Report) -> None:
    messages = [each.message for each in report.diagnostics if each.rule == "quality-mismatch"]
    assert messages == [
        "quality is 86, but 84 in the article's record",
        "quality is 86, but 88 in 2 of 3 mentions",
    ]


def test_one_file_is_judged_by_what_the_folder_holds(repository: Path, report: Report) -> None:
    name = "seeds/004_1997b118588a4bd1.txt"
    alone = check(repository, name)
    assert alone.documents == 1
    of_it = [each.fingerprint for each in report.diagnostics if each.location.path == name]
    assert [each.fingerprint for each in alone.diagnostics] == of_it
