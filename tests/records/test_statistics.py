"""Statistics of the records of an archive."""

from datetime import date
from pathlib import Path

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.git import GitDiff
from newslint.records import ArchiveStatistics

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


def test_articles_have_headlines(archive: Path) -> None:
    write(
        archive,
        a=record("a", '"2022-09-12T00:00:00Z"', 84, ("b", 80), ("x", 7)),
        b="title: [broken]\nwebUrl: https://example.org/b\n",
    )
    found = statistics_of(archive, "a.md")
    assert found.headlines == {"a.md": "A"}
    assert found.entry_headlines == {"https://example.org/b": "B", "https://example.org/x": "B"}


def test_articles_of_a_provider_are_counted_once(archive: Path) -> None:
    provider = "provider: {name: E, domain: example.org}\n"
    write(
        archive,
        a=provider + record("a", '"2022-09-12T00:00:00Z"', 84, ("b", 80)),
        b=provider + record("b", '"2022-09-12T00:00:00Z"', 80, ("a", 84)),
    )
    assert statistics_of(archive).articles == {"example.org": 2}


def test_statistics_of_the_seeds(repository: Path) -> None:
    request = CheckRequest.create([repository / "seeds"], repository)
    found = run_check(request).statistics()
    assert len(found.days) == 4
    assert len(found.headlines) == 4
    assert len(found.entry_headlines) == 14
    assert sum(found.articles.values()) == 14


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
