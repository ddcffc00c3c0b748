"""Judgements in the cache are used only for the groups that they are about, whatever happens."""

import sqlite3
from pathlib import Path

import pytest

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.cache import Cache
from newslint.execution.outcome import Renewal
from newslint.reporters.json import render_json
from newslint.rules.builtin import BUILTIN
from newslint.rules.headline.headline_excerpt_mismatch import HeadlineExcerptMismatch
from newslint.testing import UniformSelection

RULES = tuple(
    HeadlineExcerptMismatch(articles=2, least=5) if rule is HeadlineExcerptMismatch else rule()
    for rule in BUILTIN
)
RECORD = (
    "title: Story {0} of the turbine\nwebUrl: https://a.example/{0}\npublished: {1}\n"
    "excerpt: Lead {0} is about the turbine that Acme built.\nrelated:\n"
    "  - title: Story {2}\n    webUrl: https://a.example/{2}\n    quality: {0}\n"
)
DAMAGE = {
    "changed": "UPDATE description SET body = zeroblob(length(body))",
    "cut": "UPDATE description SET body = substr(body, 1, length(body) / 2)",
    "swapped": "UPDATE description SET body = (SELECT body FROM description AS other "
    "WHERE other.rowid < description.rowid AND length(other.body) = length(description.body))",
    "lost": "DELETE FROM description WHERE rowid % 2",
    "of another version": "PRAGMA user_version = 99",
}


@pytest.fixture
def filled(archive: Path) -> Path:
    values = ("true", "false", "true")
    files = {f"f{at}": RECORD.format(at, values[at], (at + 1) % 3) for at in range(3)}
    write(archive, **files)
    return archive


def run(archive: Path, folder: Path | None, *names: str) -> tuple[str, Renewal]:
    cache = None if folder is None else Cache(folder, archive)
    paths = [archive / name for name in names] or [archive]
    rules = UniformSelection(RULES)
    outcome = run_check(CheckRequest.create(paths, archive, rules, cache=cache))
    return "".join(render_json(outcome.report)), outcome.renewal


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_judgements_are_computed_again(damage: str, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "caches"
    expected, cold = run(filled, folder)
    (database,) = folder.glob("*.sqlite")
    base = sqlite3.connect(database)
    base.execute(DAMAGE[damage])
    base.commit()
    base.close()
    report, damaged = run(filled, folder)
    assert report == expected == run(filled, None)[0]
    assert damaged.groups > 0
    warm = run(filled, folder)[1]
    assert (warm.groups, warm.surveys) == (0, 0)
    assert warm.recalled == cold.groups


@pytest.mark.parametrize(
    ("old", "new"),
    [("Story 1", "Tale 1"), ("false", "true"), ("a.example/1", "b.example/1"), ("Lead", "A lead")],
)
def test_a_change_is_judged_in_all_scopes(old: str, new: str, filled: Path, tmp_path: Path) -> None:
    run(filled, tmp_path)
    path = filled / "f1.md"
    path.write_text(path.read_text().replace(old, new))
    for names in (["f0.md"], ["f1.md"], [], ["f2.md"]):
        assert run(filled, tmp_path, *names)[0] == run(filled, None, *names)[0]


def test_a_renamed_file_is_judged_again(filled: Path, tmp_path: Path) -> None:
    run(filled, tmp_path)
    (filled / "f1.md").rename(filled / "z.md")
    assert run(filled, tmp_path)[0] == run(filled, None)[0]


def test_judgements_of_groups_that_are_gone_are_deleted(filled: Path, tmp_path: Path) -> None:
    def count() -> int:
        (database,) = tmp_path.glob("*.sqlite")
        base = sqlite3.connect(database)
        (number,) = base.execute("SELECT count(*) FROM description").fetchone()
        base.close()
        return int(number)

    run(filled, tmp_path)
    before = count()
    for number in range(9):
        text = RECORD.format(number, "true", number + 1)
        (filled / "f0.md").write_text(f"---\n{text}---\n")
        run(filled, tmp_path)
    assert count() < 3 * before
