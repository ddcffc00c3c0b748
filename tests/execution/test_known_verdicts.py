"""Verdicts as an input of checks: from the store and from a file, in the cache, in the gate."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpers import check, write
from newslint.cli.app import run
from newslint.diagnostics import Severity
from newslint.engine.map import DocumentChecker
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.cache import Cache
from newslint.execution.outcome import Outcome
from newslint.execution.verdict_store import StoreError, VerdictStore, find_store
from newslint.execution.workspace import Workspace
from newslint.records.verdicts import State, Verdict, Verdicts, write_lines

RULES = ("dead-link", "dead-image", "moved-link", "image-size-mismatch")
FILE = "newslint-verdicts.jsonl"
PAGES = {name: f"title: {name}\nwebUrl: https://example.org/{name}" for name in "abc"}
LAST = datetime(2026, 11, 28, tzinfo=UTC)
FIRST = datetime(2026, 11, 20, tzinfo=UTC)


def gone(name: str, time: datetime = LAST) -> Verdict:
    url = f"https://example.org/{name}"
    return Verdict(address=url, state=State.GONE, time=time, status=404, failures=2, since=FIRST)


def alive(name: str, time: datetime = LAST) -> Verdict:
    return Verdict(address=f"https://example.org/{name}", state=State.ALIVE, time=time, status=200)


def commit(archive: Path, *verdicts: Verdict, settings: str = "") -> None:
    """Write the project's file of verdicts, and settings with a day at which they are recent."""
    (archive / "newslint.toml").write_text(f"today = 2026-11-30\n{settings}")
    (archive / FILE).write_text(write_lines(Verdicts().merge(verdicts)))


@pytest.fixture
def pages(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSLINT_DATA_DIR", str(tmp_path / "data"))
    write(archive, **PAGES)
    return archive


def dead(archive: Path) -> list[str]:
    return [each.path for each in check(archive, select=RULES).diagnostics]


def test_the_newer_verdict_of_file_and_store_counts(pages: Path) -> None:
    commit(pages, gone("a"), alive("b", FIRST), alive("c"))
    assert dead(pages) == ["a.md"]
    find_store(pages).add([alive("a", FIRST), gone("b"), gone("c", FIRST)])
    assert dead(pages) == ["a.md", "b.md"]


def test_the_store_keeps_what_was_added(tmp_path: Path) -> None:
    store = VerdictStore(tmp_path / "folder" / "verdicts.sqlite")
    assert len(store.load()) == 0
    store.add([gone("a"), gone("b")])
    store.add([alive("a")])
    assert store.load() == Verdicts().merge([alive("a"), gone("b")])


@pytest.mark.parametrize("damage", ["no database", "another version", "a link"])
def test_a_store_that_cannot_be_used_is_noted(damage: str, pages: Path) -> None:
    store = find_store(pages)
    store.add([gone("a")])
    if damage == "no database":
        store.path.write_bytes(b"no database" * 1000)
    elif damage == "another version":
        base = sqlite3.connect(store.path)
        base.execute("PRAGMA user_version = 99")
        base.close()
    else:
        store.path.rename(store.path.with_name("other"))
        store.path.symlink_to(store.path.with_name("other"))
    with pytest.raises(StoreError, match="cannot be used"):
        store.load()
    request = CheckRequest.create([pages], pages, select=RULES)
    assert run_check(request).report.diagnostics == ()
    assert "cannot be used" in request.verdicts.notes[0]


def test_rows_of_another_form_are_left_out(pages: Path) -> None:
    store = find_store(pages)
    store.add([gone("a"), gone("b")])
    base = sqlite3.connect(store.path)
    with base:
        base.execute("UPDATE verdict SET body = '{}' WHERE address LIKE '%a'")
    base.close()
    assert store.load() == Verdicts().merge([gone("b")])


def test_a_file_outside_of_the_project_is_not_read(pages: Path, tmp_path: Path) -> None:
    commit(pages, gone("a"))
    (pages / FILE).rename(tmp_path / "outside.jsonl")
    (pages / FILE).symlink_to(tmp_path / "outside.jsonl")
    request = CheckRequest.create([pages], pages, select=RULES)
    assert run_check(request).report.diagnostics == ()
    assert request.verdicts.notes == (
        f"cannot read {FILE}: a symbolic link leads out of the project; its verdicts are not used",
    )


def test_damaged_lines_are_noted(
    pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(pages, gone("a"))
    with (pages / FILE).open("a") as file:
        file.write("<<<<<<< HEAD\n")
    monkeypatch.chdir(pages)
    assert run(["check", "--select", "dead-link", "--no-cache"]) == 0
    assert f"{FILE}: line 2 ignored: no verdict" in capsys.readouterr().err


def outcome(archive: Path, folder: Path) -> Outcome:
    cache = Cache(folder, archive)
    cache.now += 10**12  # new files count as old, so that their stat fingerprints are used
    return run_check(CheckRequest.create([archive], archive, cache=cache))


def test_a_changed_verdict_maps_no_file_again(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "caches"
    outcome(pages, folder)
    commit(pages, gone("a"), gone("b"), alive("c"))
    before = outcome(pages, folder)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a file was mapped again")

    monkeypatch.setattr(DocumentChecker, "check", fail)
    commit(pages, gone("a"), alive("b"), alive("c"))
    after = outcome(pages, folder)
    assert before.report.by_rule["dead-link"] == 2
    assert after.report.by_rule["dead-link"] == 1
    commit(pages, gone("a"), gone("b"), gone("c"))
    last = outcome(pages, folder)
    assert last.report.by_rule["dead-link"] == 3
    assert last.renewal.groups == 1  # that of c; a and b are known from earlier runs


def test_rules_without_verdicts_do_not_run(pages: Path) -> None:
    outcome = Workspace(CheckRequest.create([pages], pages)).outcome()
    assert not {each.id for each in outcome.rules} & {*RULES}
    commit(pages, gone("a"))
    outcome = Workspace(CheckRequest.create([pages], pages)).outcome()
    assert {each.id for each in outcome.rules} >= {*RULES}
    assert not outcome.judged & {*RULES}  # so that baselines keep what a verdict too old hides


def test_a_suppression_is_never_unused_for_lack_of_a_verdict(pages: Path) -> None:
    (pages / "a.md").write_text(
        "---\n# newslint: ignore[dead-link] -- back soon\nwebUrl: https://example.org/a\n---\n"
    )
    select = ("dead-link", "unused-suppression", "moved-link")
    commit(pages, gone("a"))
    report = check(pages, select=select)
    assert [each.diagnostic.rule for each in report.suppressed] == ["dead-link"]
    for verdict in (alive("a"), gone("c")):
        commit(pages, verdict)
        report = check(pages, "a.md", select=select)
        assert report.diagnostics == report.suppressed == ()


def test_an_override_makes_no_unconfirmed_failure_certain(pages: Path) -> None:
    once = Verdict(address="https://example.org/b", state=State.GONE, time=LAST, failures=1)
    commit(pages, gone("a"), once, settings='[rules.dead-link]\nseverity = "warning"\n')
    report = check(pages, select=RULES)
    assert [each.severity for each in report.diagnostics] == [Severity.WARNING, Severity.INFO]


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ("", 0),
        ("[online]\ngate = true\n", 1),
        ("[gate.rules]\ndead-link = 0\n", 1),
        ("[gate.rules]\ndead-link = 1\n", 0),
    ],
)
def test_other_sites_fail_a_check_only_if_asked(
    settings: str,
    status: int,
    pages: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commit(pages, gone("a"), settings=settings)
    monkeypatch.chdir(pages)
    assert run(["check", "--select", "dead-link", "--no-cache"]) == status
    printed = capsys.readouterr()
    assert "https://example.org/a" in printed.out
    assert ("not counted by the quality gate" in printed.err) == (not settings)
