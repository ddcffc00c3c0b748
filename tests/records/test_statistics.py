"""Statistics of the records of an archive."""

from datetime import date
from pathlib import Path

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.git import GitDiff
from newslint.records import ArchiveStatistics, QualityScore

RECORD = """\
title: A
publishedDateTime: {date}
webUrl: https://example.org/{name}
quality: {quality}
related:
{related}
"""
ENTRY = "  - title: B\n    webUrl: https://example.org/{name}\n    quality: {quality}\n"


def record(name: str, date_: str, quality: object, *entries: tuple[str, object]) -> str:
    related = "".join(ENTRY.format(name=other, quality=score) for other, score in entries)
    return RECORD.format(name=name, date=date_, quality=quality, related=related)


def statistics_of(folder: Path, *names: str) -> ArchiveStatistics:
    request = CheckRequest.create([folder / name for name in names] or [folder], folder)
    return run_check(request).statistics()


def test_days_are_in_utc(archive: Path) -> None:
    write(
        archive,
        a=record("a", '"2022-09-12T23:30:00-02:00"', 1),
        b=record("b", '"last Monday"', 1),
        c=record("c", '"0001-01-01T00:00:00+02:00"', 1),
    )
    days = {"a.md": date(2022, 9, 13), "c.md": date(1, 1, 1)}
    assert statistics_of(archive).days == days


def test_a_record_decides_on_the_score_of_its_article(archive: Path) -> None:
    write(
        archive,
        a=record("a", '"2022-09-12T00:00:00Z"', 84, ("b", 80), ("x", 7), ("none", "high")),
        b=record("b", '"2022-09-12T00:00:00Z"', 80, ("a", 86), ("x", 7)),
    )
    scores = (QualityScore(7, 1, 0), QualityScore(80, 1, 0), QualityScore(84, 1, 1))
    assert statistics_of(archive).scores == scores


def test_files_outside_the_scope_vote_but_do_not_count(archive: Path) -> None:
    write(
        archive,
        a=record("a", '"2022-09-12T00:00:00Z"', 84),
        b=record("b", '"2022-09-12T00:00:00Z"', 80, ("a", 86), ("x", 7)),
    )
    found = statistics_of(archive, "a.md")
    assert found == ArchiveStatistics({"a.md": date(2022, 9, 12)}, (QualityScore(84, 1, 1),))


def test_statistics_of_the_seeds(repository: Path) -> None:
    request = CheckRequest.create([repository / "seeds"], repository)
    found = run_check(request).statistics()
    assert len(found.days) == 4
    assert {score.value for score in found.scores if score.inconsistent} == {84, 88}


def test_files_with_problems_caused_elsewhere_have_a_day(archive: Path) -> None:
    write(
        archive,
        a=record("a", '"2022-09-12T00:00:00Z"', 84),
        b=record("b", '"2022-09-13T00:00:00Z"', 80, ("a", 86)),
    )
    diff = GitDiff(frozenset(["a.md"]), {})
    request = CheckRequest.create([archive], archive, select=["quality-mismatch"], diff=diff)
    outcome = run_check(request)
    assert {each.location.path for each in outcome.report.diagnostics} == {"b.md"}
    assert outcome.statistics().days.keys() == {"a.md", "b.md"}
