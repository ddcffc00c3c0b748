"""A check in partitions on disk reports the same as one in memory, or says why it cannot."""

import json
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from contradictions import RECORD
from newslint.cli.app import app
from newslint.cli.app import run as run_command
from newslint.engine import findings
from newslint.execution import CheckRequest, UsageError, check
from newslint.execution.partitions import views
from newslint.execution.partitions.check import PartitionedCheck
from newslint.execution.partitions.spill import Budget, Spill, batches
from newslint.reporters.json import render_json
from newslint.settings import Project
from newslint.settings.settings import Settings

CASES = Path(__file__).parents[1] / "cases"
SEEDS = Path(__file__).parents[2] / "seeds"
ARCHIVE = st.lists(RECORD, min_size=1, max_size=5)


def reports(root: Path, *paths: str, **options: Any) -> tuple[str, str]:
    """Check files in memory, and in partitions with hardly any memory."""
    request = CheckRequest.create(
        [root / path for path in paths] or [root],
        root,
        select=["all"],
        project=Project.build(root, Settings()),
        **options,
    )
    disk = msgspec.structs.replace(request, memory=0)
    outcome = PartitionedCheck(disk).outcome()
    whole = check(request)
    assert outcome.complete == whole.complete
    assert outcome.judged == whole.judged
    from newslint.execution.row_text import with_rows_placed

    placed = with_rows_placed(whole).report
    return "".join(render_json(outcome.report)), "".join(render_json(placed))


def write(root: Path, records: list[str]) -> None:
    for number, text in enumerate(records):
        (root / f"{number}.md").write_text(text)


@settings(max_examples=12, deadline=None)
@given(records=ARCHIVE, large=st.sampled_from([0, views.LARGE]))
def test_any_archive_has_the_same_report(
    records: list[str], large: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("archive")
    write(root, records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "LARGE", large)
        disk, memory = reports(root)
    assert disk == memory


@pytest.mark.parametrize(
    "case",
    [
        "headline-excerpt-mismatch/a-shifted-column",
        "duplicate-record",
        "duplicate-story",
        "broken-local-link",
        "replacement-character",
        "unused-suppression",
        "",
    ],
)
def test_cases_of_rules_have_the_same_report(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LARGE", 1)
    folder = CASES / case
    if not case or not folder.is_dir():
        folder = SEEDS
    disk, memory = reports(folder.resolve())
    assert disk == memory


def row(number: int, **values: object) -> dict[str, object]:
    url = f"https://example.org/news/{number % 7}-wind?page={number % 3}"
    entry = {"title": f"Wind power grows {number % 5}", "webUrl": url, "type": "article"}
    return {
        "title": f"Wind power grows quickly in region {number % 4}",
        "publishedDateTime": f"2024-01-{number % 20 + 1:02}T08:00:00Z",
        "webUrl": f"https://example.org/news/{number}-wind",
        "related": [entry, {**entry, "title": "AlphabetÃ©"}],
        **values,
    }


def test_rows_have_the_same_report(tmp_path: Path) -> None:
    rng = random.Random(0)
    rows = [row(rng.randrange(30), quality=rng.choice([1, 2**70, "x"])) for _ in range(40)]
    lines = [
        *map(json.dumps, rows),
        "[]",
        '{"title": "\\ud800", "webUrl": "https://a.org/\\udc00"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.md").write_text("---\ntitle: Wind # newslint: disable\n---\n")
    disk, memory = reports(tmp_path, *sorted(each.name for each in tmp_path.iterdir()))
    assert disk == memory


def test_a_key_with_many_mentions_has_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LARGE", 100)
    monkeypatch.setattr(findings, "PART", 100)
    entry = {"title": "Home", "webUrl": "https://example.org/", "type": "article"}
    rows = [row(number, related=[entry] * 40) for number in range(30)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    disk, memory = reports(tmp_path, *sorted(each.name for each in tmp_path.iterdir()))
    assert disk == memory


def test_part_of_an_archive_and_limits_have_the_same_report(tmp_path: Path) -> None:
    rows = [row(number) for number in range(20)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, rows[:9])))
    disk, memory = reports(tmp_path, "a.jsonl", max_per_rule=2)
    assert disk == memory
    assert json.loads(disk)["summary"]["omitted"]


def test_batches_overlap() -> None:
    assert [*batches(range(5), 2, 1)] == [[0, 1, 2], [2, 3, 4]]
    assert [*batches(range(4), 2)] == [[0, 1], [2, 3]]
    assert [*batches([], 2, 1)] == []


def run(*arguments: object, **environment: str) -> Any:
    return CliRunner().invoke(app, [*map(str, arguments)], env=environment)


OPTIONS = ("--memory", "512MiB", "--no-cache", "--format", "jsonl")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--fix"], "--memory cannot be combined with --fix\n"),
        (["--jobs", "2"], "--memory cannot be combined with --jobs"),
        (["--format", "html"], "--memory cannot write the format html"),
        (["--memory", "12"], "'12' is no size such as 512MiB or 2GiB"),
        (["--memory", "1MiB"], "1MiB is too little: 256MiB is the least"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(options: list[str], reason: str) -> None:
    found = run("check", SEEDS, *OPTIONS, *options)
    assert reason in str(found.exception or found.output) or reason in found.output


def test_the_command_line_writes_the_same_report(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row(each)) for each in range(9)))
    report = ["--format", "json", "--no-cache", "--exit-zero"]
    memory = run("check", tmp_path, *report).stdout
    assert run("check", tmp_path, *report, "--memory", "512MiB").stdout == memory


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("TMPDIR", str(file))
    with pytest.raises(UsageError, match="file is no folder: set TMPDIR"):
        Spill(Budget.divide(0))


def test_a_full_disk_is_an_error_with_a_remedy() -> None:
    spill = Spill(Budget.divide(0))
    spill.execute("PRAGMA max_page_count = 64")

    def fill() -> None:
        with spill.guard():
            for _ in range(1000):
                spill.insert("record", None, b"x" * 4096)

    with pytest.raises(UsageError, match=r"needs more space in .*: free some, or set TMPDIR"):
        fill()


def test_no_file_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    spill = Spill(Budget.divide(0))
    for _ in range(1000):
        spill.insert("record", None, b"x" * 4096)
    assert not [*tmp_path.iterdir()]


def list_databases() -> list[str]:
    """List the open temporary files of SQLite, which are deleted when they are created."""
    links = map(_read_link, Path("/proc/self/fd").iterdir())
    return sorted(target for target in links if "etilqs_" in target)


def _read_link(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # the descriptor by which the folder was listed
        return ""


@pytest.fixture
def heeds_interrupts() -> Iterator[None]:
    """React to SIGINT even if the tests were started in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
@pytest.mark.usefixtures("heeds_interrupts")
def test_an_interruption_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, report = tmp_path / "a.jsonl", tmp_path / "report.jsonl"
    archive.write_text(json.dumps(row(0)))
    before = list_databases()

    def interrupt(self: Any, *_others: object) -> None:
        for _ in range(1000):  # more than the database has in memory
            self._spill.insert("record", None, b"x" * 4096)
        assert list_databases() != before
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Budget, "divide", lambda _: Budget(64, 4, 4, 4, 4))
    monkeypatch.setattr("newslint.execution.partitions.check.Mapper.map_all", interrupt)
    assert run_command(["check", str(archive), *OPTIONS, "--output", str(report)]) == 130
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", "newslint: interrupted")
    assert not report.exists()
    assert list_databases() == before


def test_a_rule_that_needs_the_whole_archive_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(row(1)))
    (tmp_path / "house.py").write_text(
        "from newslint.rules.api import *\nclass All(CorpusRule):\n    id = 'house-all'\n"
        "    severity = Severity.INFO\n    examples = ()\nRULES = (All,)\n"
    )
    settings = tmp_path / "newslint.toml"
    settings.write_text('plugins = ["./house.py"]\nselect = ["all"]\n')
    command = ["check", str(tmp_path / "a.jsonl"), *OPTIONS, "--config", str(settings)]
    with pytest.warns(DeprecationWarning, match="CorpusRule"):
        status = run_command(command)
    assert status == 2
    reason = "--memory cannot run house-all, which needs the whole archive in memory: add --ignore"
    assert reason in capsys.readouterr().err
