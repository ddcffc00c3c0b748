"""The outcome of a check of few files is found by later runs on the same state only."""

import sqlite3
from pathlib import Path

import msgspec
import pytest

from helpers import write
from newslint.diagnostics import Safety
from newslint.execution import CheckRequest, outcome_memo, stat_fingerprint
from newslint.execution.cache import Cache
from newslint.execution.open_run import run_checks
from newslint.execution.run import RunRequest, RunResult
from newslint.reporters.json import render_json
from newslint.rules.example_records import NEWS_RECORD

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
SAFE = frozenset({Safety.SAFE})
UNPUBLISHED = NEWS_RECORD.replace("published: true", "published: false")


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create an archive whose files count as old, so that their stat fingerprints are used."""
    write(archive, a=NEWS_RECORD, b=NEWS_RECORD, c=BROKEN)
    monkeypatch.setattr(stat_fingerprint, "_RACY", -(10**12))
    return archive


def run(
    archive: Path,
    folder: Path | None,
    *names: str,
    safeties: frozenset[Safety] = frozenset(),
    **options: object,
) -> tuple[str, RunResult]:
    cache = None if folder is None else Cache(folder, archive)
    paths = [archive / name for name in names]
    check = CheckRequest.create(paths, archive, cache=cache, **options)  # type: ignore[arg-type] # as named
    result = run_checks(RunRequest(archive, (check,)), safeties=safeties)
    return "".join(render_json(result.outcome.report)), result


def was_recalled(result: RunResult) -> bool:
    """Check that no file was mapped or closed."""
    return result.outcome.renewal[:3] == (0, 0, 0)


def test_the_second_run_finds_the_outcome(here: Path, tmp_path: Path) -> None:
    expected, first = run(here, tmp_path / "caches", "a.md")
    found, second = run(here, tmp_path / "caches", "a.md", safeties=SAFE)
    assert found == expected == run(here, None, "a.md")[0]
    assert not was_recalled(first)
    assert was_recalled(second)
    assert second.outcome.seen == first.outcome.seen
    assert second.outcome.rules == first.outcome.rules
    assert second.outcome.known == first.outcome.known
    assert second.outcome.text("a.md").text == first.outcome.text("a.md").text
    assert second.outcome.statistics() == first.outcome.statistics()


def test_fixes_are_applied_nevertheless(here: Path, tmp_path: Path) -> None:
    run(here, tmp_path / "caches", "c.md")
    _, result = run(here, tmp_path / "caches", "c.md", safeties=SAFE)
    assert [*result.files] == ["c.md"]
    assert "â€™" not in (here / "c.md").read_text("utf-8")


CHANGES = {
    "the file": lambda here: write(here, a=BROKEN),
    "another file": lambda here: write(here, b=UNPUBLISHED),
    "a new file": lambda here: write(here, d=UNPUBLISHED),
    "a deleted file": lambda here: (here / "b.md").unlink(),
    "settings": lambda here: (here / "newslint.toml").write_text('ignore = ["schema"]\n'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(change: str, here: Path, tmp_path: Path) -> None:
    run(here, tmp_path / "caches", "a.md")
    CHANGES[change](here)
    found, result = run(here, tmp_path / "caches", "a.md")
    assert not was_recalled(result)
    assert found == run(here, None, "a.md")[0]


@pytest.mark.parametrize("options", [{"ignore": ["schema"]}, {"max_per_rule": 0}])
def test_another_request_is_another_outcome(
    options: dict[str, object], here: Path, tmp_path: Path
) -> None:
    run(here, tmp_path / "caches", "c.md")
    assert (
        run(here, tmp_path / "caches", "c.md", **options)[0]
        == run(here, None, "c.md", **options)[0]
    )


def test_a_file_that_changes_meanwhile_is_not_stored(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_of = outcome_memo.outcome_key

    def change(request: CheckRequest) -> outcome_memo.OutcomeKey | None:
        key = key_of(request)
        write(here, a=BROKEN)
        return key

    with monkeypatch.context() as patch:
        patch.setattr(outcome_memo, "outcome_key", change)
        run(here, tmp_path / "caches", "a.md")
    write(here, a=NEWS_RECORD)
    assert not was_recalled(run(here, tmp_path / "caches", "a.md")[1])


def test_the_whole_archive_is_not_stored(here: Path, tmp_path: Path) -> None:
    run(here, tmp_path / "caches", ".")
    _, result = run(here, tmp_path / "caches", ".")
    assert result.outcome.renewal.reports == len([*here.glob("*.md")])


def test_a_large_outcome_is_not_stored(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome_memo, "MAX_BYTES", 10)
    run(here, tmp_path / "caches", "c.md")
    assert not was_recalled(run(here, tmp_path / "caches", "c.md")[1])


@pytest.mark.parametrize("body", [b"", b"\xc1", msgspec.msgpack.encode([1, 2])])
def test_damage_is_noticed(body: bytes, here: Path, tmp_path: Path) -> None:
    expected, _ = run(here, tmp_path / "caches", "c.md")
    (database,) = (tmp_path / "caches").glob("*.sqlite")
    base = sqlite3.connect(database)
    keys = [key for (key,) in base.execute("SELECT key FROM answer")]
    base.close()
    cache = Cache(tmp_path / "caches", here)
    for key in keys:
        cache.add_output(key, body)
    found, result = run(here, tmp_path / "caches", "c.md")
    assert keys
    assert found == expected
    assert not was_recalled(result)
