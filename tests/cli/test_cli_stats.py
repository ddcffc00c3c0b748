"""Counts, their history, and its chart in the HTML report."""

import json
import multiprocessing
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helpers import check, write
from newslint.cli.app import run
from newslint.cli.json_schemas import generate_json_schemas
from newslint.cli.stats import append_run
from newslint.reporters.report_model import StatisticsModel
from newslint.reporters.summary import NO_PROVIDER, count_by_provider, count_by_rule
from newslint.rules.example_records import NEWS_RECORD

STATISTICS = Draft202012Validator(json.loads(generate_json_schemas()["stats.schema.json"]))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run newslint in an archive of one record, which has no image."""
    write(archive, a=NEWS_RECORD)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


def lines(name: str = "h.jsonl") -> list[str]:
    return Path(name).read_text().splitlines()


def test_counts_are_printed_and_nothing_is_written(newslint: Run) -> None:
    before = {*Path().iterdir()}
    status, out, err = newslint("stats")
    assert (status, err) == (0, "")
    assert out.startswith("1 diagnostic (1 warning)\n1 cause, 0 fixable, 1 document\n\nrule ")
    assert "missing-image " in out
    assert "\nprovider " in out
    assert {*Path().iterdir()} == before


def test_counts_as_json_are_those_of_the_tables(newslint: Run) -> None:
    write(Path(), b=NEWS_RECORD.replace("url: https://www.reuters", "link: https://www.reuters"))
    status, out, err = newslint("stats", "--format", "json", "--history", "h.jsonl")
    assert (status, err) == (0, "")
    counts = json.loads(out)
    StatisticsModel.model_validate(counts)
    assert list(STATISTICS.iter_errors(counts)) == []
    report = check(Path())
    for key, rows in (
        ("rule", count_by_rule(report)),
        ("provider", count_by_provider(report)),
    ):
        expected = [{key: each.name, **each._asdict()} for each in rows]
        for row in expected:
            del row["name"]
            row[key] = None if row[key] == NO_PROVIDER else row[key]
        assert counts[f"{key}s"] == expected
    assert counts["summary"] == json.loads(lines()[0])["summary"]


def test_paths_rules_and_the_baseline_count_as_in_a_check(newslint: Run) -> None:
    assert "No diagnostics in 1 document" in newslint("stats", "--ignore", "missing-image")[1]
    newslint("baseline", "create", "--baseline", "known")
    Path("newslint.toml").write_text('baseline = "known"\n')
    assert newslint("stats", "a.md")[1] == "No diagnostics in 1 document, 1 baselined\n"
    assert newslint("stats", "--no-baseline")[1].startswith("1 diagnostic (1 warning)\n")
    Path("newslint.toml").unlink()
    assert newslint("stats", "--baseline", "known")[1].startswith("No diagnostics")
    assert newslint("stats", "nowhere.md")[0] == 2


def test_each_run_adds_a_line(newslint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    out = newslint("stats")[1]
    assert newslint("stats", "--history", "h.jsonl") == (0, out, "")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    newslint("stats", "--history", "h.jsonl", "--ignore", "images")
    first, second = map(json.loads, lines())
    assert (first["time"], second["time"]) == ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
    assert (first["clean"], second["clean"]) == (0, 1)
    newslint("check", "--report", "json=r.json", "-q")
    assert first["summary"] == json.loads(Path("r.json").read_text())["summary"]


def test_without_a_given_time_it_is_now(newslint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.now(UTC).replace(microsecond=0)
    newslint("stats", "--history", "h.jsonl")
    assert before <= datetime.fromisoformat(json.loads(lines()[0])["time"]) <= datetime.now(UTC)


def test_a_line_that_was_cut_short_stays_alone(newslint: Run) -> None:
    Path("h.jsonl").write_text('{"schema_version": 1, "ti')
    newslint("stats", "--history", "h.jsonl")
    assert lines()[0] == '{"schema_version": 1, "ti'
    assert json.loads(lines()[1])["summary"]["diagnostics"] == 1


@pytest.mark.parametrize("epoch", ["soon", "99999999999999999999", "1e3"])
def test_a_time_that_is_none_is_refused(
    epoch: str, newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status, out, err = newslint("stats", "--history", "h.jsonl")
    assert (status, out) == (2, "")
    assert f"SOURCE_DATE_EPOCH is '{epoch}'; it must be a number of seconds since 1970" in err
    assert not Path("h.jsonl").exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("a.md", "a.md is not a history of newslint and is left unchanged; choose another file"),
        (".", "cannot read .: it is a folder"),
        ("nowhere/h.jsonl", "cannot write to nowhere/h.jsonl: its folder does not exist"),
    ],
)
def test_a_file_that_is_not_a_history_is_unchanged(file: str, message: str, newslint: Run) -> None:
    before = Path("a.md").read_bytes()
    status, _, err = newslint("stats", "--history", file)
    assert status == 2
    assert message in err
    assert Path("a.md").read_bytes() == before


def add_many(path: Path) -> None:
    for _ in range(50):
        append_run(path, json.dumps({"schema_version": 1, "pid": os.getpid(), "x": "x" * 3000}))


def test_runs_at_one_time_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_many, args=(path,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = [json.loads(line)["pid"] for line in path.read_text().splitlines()]
    assert sorted(map(found.count, {*found})) == [50] * 4


def test_the_html_report_draws_the_history(newslint: Run) -> None:
    newslint("stats", "--history", "h.jsonl")
    newslint("stats", "--history", "h.jsonl")
    before = Path("h.jsonl").read_bytes()
    arguments = ["check", "--exit-zero", "-q", "--report", "html=out.html", "--history", "h.jsonl"]
    assert newslint(*arguments) == (0, "", "")
    assert "2026-01-01 00:00, as many as" in Path("out.html").read_text()
    assert Path("h.jsonl").read_bytes() == before
    Path("h.jsonl").write_bytes(before + b'{"schema\xff')
    message = "newslint: h.jsonl:3 is ignored: this version of newslint cannot read it\n"
    assert newslint(*arguments) == (0, "", message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--history", "h"], "only the HTML report shows it; add --report html=FILE"),
        (
            ["--format", "html", "--history", "h"],
            "no such file: h; 'newslint stats --history h' creates it",
        ),
        (["--format", "html", "--history", "a.md"], "a.md is not a history of newslint"),
    ],
)
def test_a_history_that_cannot_be_drawn_is_refused(
    arguments: list[str], message: str, newslint: Run
) -> None:
    status, out, err = newslint("check", *arguments)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())


def test_a_folder_gets_an_index(newslint: Run) -> None:
    Path("old").mkdir()
    for folder in ("new", "old"):
        newslint("check", "-q", "--report", f"html={folder}/")
        newslint("check", "-q", "--report", "html=plain.html")
        assert [path.name for path in Path(folder).iterdir()] == ["index.html"]
        text = Path(folder, "index.html").read_text().replace(f"html={folder}/", "html=plain.html")
        assert text == Path("plain.html").read_text()


def test_a_run_that_fails_makes_no_folder(newslint: Run) -> None:
    Path("b.md").write_text("")
    reports = ["--report", "html=new/", "--report", "json=nowhere/x"]
    assert newslint("check", "-q", *reports)[0] == 2
    assert not Path("new").exists()


def test_a_report_inside_an_archive_is_not_a_document(newslint: Run) -> None:
    expected = newslint("check")
    newslint("check", "-q", "--report", "html=report/", "--report", "html=report.html")
    assert newslint("check") == expected
    assert (
        "report.html:1:1: error missing-front-matter"
        in newslint("check", "report.html", "--format", "concise")[1]
    )


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("html=old", "cannot write to old: it is a folder"),
        ("html=a.md/", "cannot write to a.md: File exists"),
        ("html=no/such/", "cannot write to no/such: its folder does not exist"),
    ],
)
def test_other_folders_are_refused(target: str, message: str, newslint: Run) -> None:
    Path("old").mkdir()
    status, _, err = newslint("check", "-q", "--report", target)
    assert status == 2
    assert message in err
