"""A check on Spark has the report of a check of the same rows in memory, in every field."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from newslint.cli.app import run
from newslint.execution import UsageError
from newslint.execution.request import build_run
from newslint.execution.workspace import check as check_in_memory
from newslint.reporters.fast_json import fast_line
from newslint.reporters.frame import FrameRow
from newslint.spark import SparkReport, check, check_rows
from newslint.spark.__main__ import command, explain

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

CASES = Path(__file__).parents[1] / "cases"
SETTINGS = """
select = ["all"]
ignore = ["missing-field", "missing-image"]
plugins = ["./house.py"]

[[collections]]
name = "archive"
paths = ["archive.parquet"]
rows = {rows}

[[overrides]]
paths = ["archive.parquet#id=1"]
ignore = ["mojibake"]
"""
PLUGIN = '''
import os
import signal
from pathlib import Path

from newslint.rules.api import *


def kill_once(name):
    """Kill this process if it is one of Spark, unless that was done before."""
    from pyspark import TaskContext

    if TaskContext.get() is not None and not (marker := Path(r"{folder}", name)).exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


class Mapped(RecordRule):
    """The process that maps a record is killed."""

    id = "house-mapped"
    severity = Severity.INFO
    examples = ()

    def check(self, record):
        if record.description.title == "Another story":
            kill_once("map")
        return ()


class Judged(GroupRule):
    """The process that judges a group is killed."""

    id = "house-judged"
    severity = Severity.INFO
    examples = ()

    def check(self, group):
        kill_once("judge")
        return ()


class Headlines(AggregateRule):
    """Headlines differ."""

    id = "house-headlines"
    severity = Severity.INFO
    examples = ()

    def keys(self, mention):
        yield mention.description.title[:1]

    def measure(self, group):
        return sum(map(group.count_mentions, group.descriptions))

    def merge(self, statistics):
        return sum(statistics)

    def finish(self, key, statistic):
        if key == "Q":
            raise ValueError("no Q")
        return statistic

    def check(self, key, description, finished):
        if description.title == "Another story":
            raise ValueError("no other story")
        found = self.flag(description.target("title"), f"{finished} start with {key}")
        yield DescriptionDiagnostic(description, found)


class Usual(SurveyRule):
    """Groups differ in size."""

    id = "house-usual"
    severity = Severity.INFO
    examples = ()
    rounds = 2

    def keys(self, mention):
        return mention.description.urls

    def measure(self, group, finished):
        if finished and group.key.endswith("/d"):
            raise ValueError("not d")
        return len(group.mentions)

    def merge(self, statistics, finished):
        return max(statistics)

    def check(self, group, statistic, finished):
        hosts = {each.host.title for each in group.mentions}
        for each in group.record_descriptions:
            message = f"{statistic} of {finished} in {sorted(hosts)}"
            yield DescriptionDiagnostic(each, self.flag(each.target("title"), message))


class Unusual(Usual):
    """The survey fails."""

    id = "house-unusual"

    def finish(self, statistic, finished):
        raise ValueError("no survey")


RULES = (Mapped, Judged, Headlines, Usual, Unusual)
'''
STORY = """---
title: {title}
excerpt: {excerpt}
webUrl: https://a.example/{name}
originalUrl: https://www.a.example/{name}?ref=1
publishedDateTime: 2022-09-{day}T10:00:00Z
published: {published}
provider: {{name: {provider}, domain: a.example}}
related:
  - title: {other}
    webUrl: https://a.example/{link}
    excerpt: {lead}
    quality: 1
    provider: {{name: One, domain: a.example}}
    images: [{{url: https://a.example/1.png}}]
  # newslint: ignore[mojibake] -- known
  - title: Alphabetâ€™s Caf\ufffd
    webUrl: https://a.example/{link}
    quality: {quality}
  - title: Alphabetâ€™s Caf\ufffd
    webUrl: https://a.example/{link}
    quality: {quality}
---
![](lost.png) [Home](home.md)
"""


def stories(number: int) -> Iterator[str]:
    """Yield records that contradict each other."""
    rng = random.Random(7)
    for at in range(number):
        yield STORY.format(
            name=rng.choice("abcdef"),
            link=rng.choice("abcdefg"),
            title=rng.choice(["Six wind parks open in Norway", "Another story", "Alphabet’s Café"]),
            other=rng.choice(["Six new wind parks open in Norway", "Quite another story"]),
            excerpt=rng.choice(["One lead for all of the stories of the day.", "na"]),
            lead=rng.choice(["Another lead, which is about Rome.", "na"]),
            quality=rng.choice([1, 2, 2**70]),
            day=10 + at % 3,
            published=rng.choice(["true", "false"]),
            provider=rng.choice(["One", "Two"]),
        )


def documents() -> list[str]:
    """List documents that all rules which compare report, with broken ones among them."""
    shifted = CASES / "headline-excerpt-mismatch" / "a-shifted-column"
    broken = ["no front matter", "---\ntitle: [\n---\n", "---\n- list\n---\n"]
    texts = [path.read_text() for path in sorted(shifted.glob("*.md"))]
    return [*texts, *stories(20), *broken]


def write(folder: Path, rows: list[dict[str, Any]], settings: str) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "archive.parquet")
    (folder / "house.py").write_text(PLUGIN.replace("{folder}", str(folder)))
    path = folder / "newslint.toml"
    path.write_text(SETTINGS.replace("{rows}", settings))
    return path


def assert_equal(report: SparkReport, settings: Path) -> set[str]:
    """Compare with a check of the file in memory: rows, edits, related locations and counts.

    Returns:
        The rules that report something.
    """
    run = build_run((settings.parent / "archive.parquet",), config=settings, use_cache=False)
    whole = check_in_memory(run.checks[0]).report
    found = report.diagnostics.collect()
    expected = {fast_line(each): FrameRow.create(each) for each in whole.diagnostics}
    assert sorted(each.json for each in found) == sorted(expected)
    assert all(tuple(each)[:-1] == expected[each.json] for each in found)
    suppressed = sorted((fast_line(each.diagnostic), each.reason) for each in whole.suppressed)
    assert sorted((each.json, each.reason) for each in report.suppressed.collect()) == suppressed
    numbers = report.documents, report.records, report.mentions
    assert numbers == (whole.documents, whole.records, whole.mentions)
    assert bool(suppressed) == ("text" in settings.read_text())
    return {each.rule for each in found}


def test_documents_have_the_report_of_a_check_in_memory_though_processes_are_killed(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.execution.row_stages._DOCUMENTS", 4)
    rows: list[dict[str, Any]] = [
        {"id": None if at == 3 else at // 2 * 2, "body": text, "note": "x"}
        for at, text in enumerate(documents())
    ]
    rows.append({"id": 99, "body": None, "note": "x"})
    settings = write(tmp_path, rows, '{ key = "id", text = "body" }')
    frame = spark.read.parquet(str(tmp_path / "archive.parquet"))
    report = check_rows(frame, settings, name="archive.parquet")
    found = assert_equal(report, settings)
    assert {"house-headlines", "house-usual", "rule-crashed", "unreadable-file"} <= found
    assert (tmp_path / "map").exists()
    assert (tmp_path / "judge").exists()


def test_rows_with_columns_have_the_report_of_a_check_in_memory(spark: Any, tmp_path: Path) -> None:
    entry = {"title": "What linters see", "webUrl": "https://a.example/1"}
    day = datetime(2022, 9, 11, 10, tzinfo=UTC)
    rows: list[dict[str, Any]] = [
        {"title": "What linters donâ€™t see", "webUrl": "https://a.example/1", "quality": 3.5},
        {"title": "Rain", "webUrl": "https://a.example/2", "related": [entry, entry]},
        {"title": "Rain", "webUrl": "https://a.example/2", "publishedDateTime": day},
        {"title": None, "webUrl": "https://a.example/3", "related": []},
    ]
    settings = write(tmp_path, rows, "{}")
    settings.write_text('select = ["mojibake", "schema", "headline-mismatch"]')
    spark.conf.set("spark.sql.session.timeZone", "Europe/Rome")
    frame = spark.read.parquet(str(tmp_path / "archive.parquet")).coalesce(1)
    assert_equal(check_rows(frame, settings, name="archive.parquet"), settings)


def test_settings_and_columns_that_cannot_be_used_are_errors(spark: Any, tmp_path: Path) -> None:
    settings = write(tmp_path, [{"title": "A", "id": 1}], '{ key = "sku" }')
    frame = spark.read.parquet(str(tmp_path / "archive.parquet"))
    with pytest.raises(UsageError, match=r"no column 'sku' in archive.parquet; .* title, id"):
        check(frame, settings, name="archive.parquet")
    with pytest.raises(UsageError, match=r"other.parquet#1 is in no collection of the settings"):
        check(frame, settings, name="other.parquet")
    with pytest.raises(UsageError, match="'rows' names no file with rows"):
        check(frame, settings, name="rows")


def test_a_rule_that_needs_the_whole_archive_is_refused(spark: Any, tmp_path: Path) -> None:
    settings = write(tmp_path, [{"title": "A"}], "{}")
    (tmp_path / "house.py").write_text(
        "from newslint.rules.api import *\nclass All(CorpusRule):\n    id = 'house-all'\n"
        "    severity = Severity.INFO\n    examples = ()\nRULES = (All,)\n"
    )
    refused = pytest.raises(UsageError, match=r"the rule 'house-all' needs all records at once")
    with pytest.warns(DeprecationWarning, match="CorpusRule"), refused:
        check(spark.range(1), settings, name="archive.parquet")


def run_command(
    folder: Path, capsys: pytest.CaptureFixture[str], output: str = "out"
) -> tuple[int, str]:
    """Check the archive in a folder by the command; return its exit status and last line."""
    settings = ["--config", str(folder / "newslint.toml"), "--name", "archive.parquet"]
    table, output = str(folder / "archive.parquet"), str(folder / output)
    status = run([table, output, *settings], command=command)
    return status, capsys.readouterr().err.splitlines()[-1]


@pytest.mark.usefixtures("spark")
def test_the_command_writes_diagnostics_to_a_new_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write(tmp_path, [{"title": "RainÃ©", "webUrl": "https://a.example/1"}], "{}")
    settings.write_text('select = ["mojibake"]')
    assert run_command(tmp_path, capsys) == (1, "1 document: 1 error, 0 warnings, 0 infos")
    frame = parquet.read_table(tmp_path / "out").to_pylist()
    assert [each["rule"] for each in frame] == ["mojibake"]
    status, line = run_command(tmp_path, capsys)
    assert status == 2
    assert line.endswith("out exists: name a new folder for the diagnostics")


@pytest.mark.usefixtures("spark")
def test_a_table_that_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, [{"title": "Rain"}], "{}")
    table = tmp_path / "archive.parquet"
    table.write_bytes(table.read_bytes()[:-100])
    status, line = run_command(tmp_path, capsys)
    assert status == 2
    assert "Encountered error while reading file" in line
    assert str(table) in line
    table.unlink()
    assert run_command(tmp_path, capsys) == (
        2,
        f"Error: Spark cannot finish the check: [PATH_NOT_FOUND] Path does not exist: file:{table}",
    )


@pytest.mark.usefixtures("spark")
def test_a_process_that_is_killed_each_time_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write(tmp_path, [{"title": "Another story"}], "{}")
    plugin = tmp_path / "house.py"
    plugin.write_text(plugin.read_text().replace("marker.touch()", "pass"))
    settings.write_text('select = ["house-mapped"]\nplugins = ["./house.py"]')
    status, line = run_command(tmp_path, capsys)
    assert status == 2
    assert "Python worker exited unexpectedly (crashed); give the processes more memory" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("spark")
def test_ctrl_c_ends_the_command_without_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, [{"title": "Rain"}], "{}")
    (tmp_path / "house.py").write_text("import signal\nsignal.raise_signal(signal.SIGINT)\n")
    assert run_command(tmp_path, capsys) == (130, "newslint: interrupted")
    assert not (tmp_path / "out").exists()


_ABORTED = """An error occurred while calling o181.collectToPython.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 5.0 failed 1 \
times, most recent failure: Lost task 1.0 in stage 5.0 (TID 14) (host executor driver): {}
\tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
"""
FULL = "No space left on device; free some, or set SPARK_LOCAL_DIRS to a folder on a larger disk"
_RAISED = """
  An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "worker.py", line 18, in run
ModuleNotFoundError: No module named 'newslint'
"""


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (
            _ABORTED.format("java.io.IOException: No space left on device"),
            FULL,
        ),
        (
            _ABORTED.format("org.apache.spark.SparkException: [FAILED] Task failed: file:/out")
            + "Caused by: java.io.IOException: No space left on device\n\tat java.base/sun.nio\n",
            f"[FAILED] Task failed: file:/out; {FULL}",
        ),
        (_ABORTED.format("java.lang.OutOfMemoryError: Heap"), "java.lang.OutOfMemoryError: Heap"),
        (_RAISED, "ModuleNotFoundError: No module named 'newslint'"),
        ("Error while sending or receiving.", "Error while sending or receiving."),
        ("", ""),
    ],
)
def test_the_reason_of_a_failure_is_one_line(failure: str, reason: str) -> None:
    assert explain(failure) == reason
