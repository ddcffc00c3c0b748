"""Several reports of one run, and the integration with CI servers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.cli.ci import MAX_SUMMARY_BYTES
from newslint.reporters.formats import FORMAT_NAMES
from newslint.rules.example_records import NEWS_RECORD

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Check an archive of one record, which has no image."""
    write(archive, a=NEWS_RECORD)
    monkeypatch.chdir(archive)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        status = run(["check", *arguments])
        message = capsys.readouterr()
        return status, message.out, message.err

    return run_here


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_report_in_a_file_equals_that_on_stdout(name: str, newslint: Run) -> None:
    status, expected, _ = newslint("--format", name)
    assert newslint("--report", f"{name}=out", "--quiet") == (status, "", "")
    text = Path("out").read_text()
    own = "<code>newslint check --report html=out --quiet</code>"  # the page names its command
    assert text.replace(own, "<code>newslint check --format html</code>") == expected


def test_there_may_be_several_reports(newslint: Run) -> None:
    arguments = ["--format", "concise", "--report", "json=a=b.json", "--report", "junit=out.xml"]
    _, out, err = newslint(*arguments)
    assert (out, err) == ("a.md:2:1: warning missing-image no image\n", "")
    assert json.loads(Path("a=b.json").read_text())["summary"]["diagnostics"] == 1
    assert Path("out.xml").read_text().count("<skipped") == 1


@pytest.mark.parametrize(("level", "result"), [("warning", "failure"), ("error", "skipped")])
def test_tests_of_junit_fail_at_the_fail_level(level: str, result: str, newslint: Run) -> None:
    status, out, _ = newslint("--format", "junit", "--fail-level", level)
    assert out.count(f"<{result}") == 1
    assert status == (result == "failure")


def test_a_report_on_a_path_beside_the_main_report_in_a_file(newslint: Run) -> None:
    _, out, err = newslint("-o", "main.txt", "--report", "jsonl=out.jsonl")
    assert out == ""
    assert err.endswith(": see main.txt\n")
    assert len(Path("out.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--report", "sarf=x"], "unknown format 'sarf'; did you mean 'sarif'?"),
        (
            ["--report", "zzzz=x"],
            "unknown format 'zzzz'; there are text, concise, json, json-causes, jsonl,",
        ),
        (["--report", "out.sarif"], "unknown format 'out.sarif'"),
        (["--report", "sarif"], "'sarif' has no file name; write sarif=FILE"),
        (["--report", "sarif="], "'sarif=' has no file name; write sarif=FILE"),
        (["--report", "json=x", "--report", "junit=./x"], "two reports would go to x"),
        (["--output", "x", "--report", "junit=y/../x"], "two reports would go to y/../x"),
        (["--report", "json=nowhere/x"], "cannot write to nowhere/x: its folder does not exist"),
        (["--report", "json=."], "cannot write to .: it is a folder"),
    ],
)
def test_impossible_reports_are_refused(arguments: list[str], message: str, newslint: Run) -> None:
    Path("y").mkdir()
    status, out, err = newslint(*arguments, "--exit-zero")
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())
    assert {path.name for path in Path().iterdir()} == {"a.md", "newslint.toml", "y"}


def test_a_run_that_fails_leaves_every_file_alone(
    newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint.reporters import junit

    monkeypatch.setattr(junit, "escape", lambda _text: 1 / 0)
    Path("old").write_text("old")
    assert newslint("-q", "--report", "json=old", "--report", "junit=new")[0] == 2
    assert Path("old").read_text() == "old"
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("server", "fitting"),
    [("GITHUB_ACTIONS", ["github", "sarif"]), ("GITLAB_CI", ["gitlab", "junit"])],
)
def test_the_format_that_fits_a_ci_server_is_suggested(
    server: str, fitting: list[str], newslint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = newslint()
    monkeypatch.setenv(server, "true")
    status, out, err = newslint()
    assert (status, out) == expected[:2]
    assert err.startswith("newslint: in Git")
    assert f"{fitting[0]}" in err
    assert err.count("\n") == 1
    assert newslint("--quiet")[2] == ""
    for name in fitting:
        assert newslint("--format", name)[2] == ""
        assert newslint("--report", f"{name}=out")[2] == ""
    monkeypatch.setenv(server, "false")
    assert newslint() == expected


@pytest.fixture
def summary(newslint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start a step summary, and create more diagnostics than GitHub has annotations."""
    for number in range(12):
        write(Path(), **{f"more{number}": NEWS_RECORD.replace("pytorch-moves", f"x{number}")})
    path = tmp_path / "summary.md"
    path.write_text("Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_diagnostics_beyond_the_annotations_are_in_the_step_summary(
    summary: Path, newslint: Run
) -> None:
    _, out, err = newslint("--format", "github", "--select", "missing-image")
    assert out.count("::warning file=") == 10
    assert err.startswith("newslint: the log holds 10 of 13 causes, the worst first")
    text = summary.read_text()
    assert text.startswith("Before\n### newslint\n")
    assert text.count("| warning |") == 13


def test_other_formats_leave_the_step_summary_alone(summary: Path, newslint: Run) -> None:
    newslint("--format", "json")
    newslint("--format", "github", "a.md")
    assert summary.read_text() == "Before\n"


def test_a_step_summary_without_room_stays_as_it_is(summary: Path, newslint: Run) -> None:
    summary.write_text("x" * MAX_SUMMARY_BYTES)
    newslint("--format", "github")
    assert summary.stat().st_size == MAX_SUMMARY_BYTES


def test_an_unwritable_step_summary_is_an_error(
    newslint: Run, summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary.parent))
    status, _, err = newslint("--format", "github")
    assert status == 2
    assert f"Error: cannot write to {summary.parent}: it is a folder" in err
