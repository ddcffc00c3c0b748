"""The quality gate of `newslint check`: settings, options, exit status, and every report."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import newslint as package
from helpers import write
from newslint.cli.app import run

Run = Callable[..., tuple[int, str, str]]

RECORD = """\
title: Alphabetâ€™s cloud
excerpt: It joins  the foundation.
webUrl: http://example.org/cloud
related:
  - title: A &amp; B
    webUrl: http://example.org/both
"""
SELECT = """\
select = ["mojibake", "insecure-url", "html-entity", "untidy-whitespace"]
rules = {insecure-url = {severity = "warning"}, html-entity = {severity = "error"}}
"""


@pytest.fixture
def newslint(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run `newslint check` in an archive with 2 errors, 2 warnings and an info; settings first."""
    write(archive, a=RECORD)
    monkeypatch.chdir(archive)
    monkeypatch.setenv("COLUMNS", "100")

    def check(settings: str, *arguments: str) -> tuple[int, str, str]:
        Path("newslint.toml").write_text(SELECT + settings)
        status = run(["check", "--no-cache", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return check


def last_line(text: str) -> str:
    return text.splitlines()[-1]


@pytest.mark.parametrize(
    ("settings", "arguments", "status", "line"),
    [
        ("", [], 1, "failed: 2 errors (limit 0)"),
        ("", ["--exit-zero"], 0, "failed: 2 errors (limit 0)"),
        ("gate.max-errors = 2", [], 0, "passed: 2 errors (limit 2)"),
        ("gate.max-errors = 1", [], 1, "failed: 2 errors (limit 1)"),
        ("gate.max-errors = 2\ngate.max-warnings = 1", [], 1, "failed: 2 warnings (limit 1)"),
        (
            'fail-level = "warning"',
            [],
            1,
            "failed: 2 errors (limit 0), 2 warnings (limit 0)",
        ),
        (
            'fail-level = "info"\ngate.max-errors = 9\ngate.max-warnings = 9',
            [],
            1,
            "failed: 1 info (limit 0)",
        ),
        ("gate.max-errors = 2", ["--fail-level", "error"], 1, "failed: 2 errors (limit 0)"),
        (
            "gate.max-errors = 2",
            ["--max-warnings", "2"],
            0,
            "passed: 2 errors (limit 2), 2 warnings (limit 2)",
        ),
        ("gate.max-errors = 2", ["--max-warnings", "1"], 1, "failed: 2 warnings (limit 1)"),
        (
            "gate.rules = {mojibake = 1, html-entity = 1}",
            [],
            0,
            "passed: 0 errors (limit 0), 1 of html-entity (limit 1), 1 of mojibake (limit 1)",
        ),
        (
            "gate.rules = {insecure-url = 1}\ngate.max-errors = 5",
            [],
            1,
            "failed: 2 of insecure-url (limit 1)",
        ),
    ],
)
def test_limits_decide_the_exit_status(
    newslint: Run, settings: str, arguments: list[str], status: int, line: str
) -> None:
    found, out, _ = newslint(settings, *arguments)
    assert (found, last_line(out)) == (status, f"Quality gate {line}")


def test_a_clean_run_says_nothing_of_the_gate(newslint: Run, archive: Path) -> None:
    write(archive, a="title: Clean\n")
    assert "Quality gate" not in "".join(map(str, newslint("gate.max-warnings = 0")))


def test_new_means_not_in_the_baseline(newslint: Run, archive: Path) -> None:
    newslint("")
    assert run(["baseline", "create"]) == 0
    baseline = 'baseline = "newslint.baseline"\n'
    assert newslint(baseline)[0] == 0
    status, out, _ = newslint(f"{baseline}gate.max-baselined = 4")
    assert (status, last_line(out)) == (1, "Quality gate failed: 5 baselined (limit 4)")
    write(archive, a=RECORD + "  - title: C &amp; D\n    webUrl: https://example.org/new\n")
    status, out, _ = newslint(baseline)
    assert (status, last_line(out)) == (1, "Quality gate failed: 1 error (limit 0)")


def test_each_project_is_judged_by_its_own_gate(newslint: Run, archive: Path) -> None:
    for name, limit in (("blog", 2), ("news", 1)):
        (archive / name).mkdir()
        (archive / name / "newslint.toml").write_text(f"{SELECT}gate.max-errors = {limit}\n")
        write(archive / name, a=RECORD)
    status, out, _ = newslint("", "blog", "news")
    assert status == 1
    assert last_line(out) == "Quality gate failed: news: 2 errors (limit 1)"
    conditions = json.loads(newslint("", "blog", "news", "--format", "json")[1])["gate"]
    assert [each["project"] for each in conditions["conditions"]] == ["blog", "news"]
    assert newslint("", "blog")[0] == 0


def test_a_stale_baseline_is_a_condition(newslint: Run, archive: Path) -> None:
    newslint("")
    assert run(["baseline", "create"]) == 0
    write(archive, a=RECORD.replace("&amp;", "and"))
    baseline = 'baseline = "newslint.baseline"\n'
    assert newslint(baseline)[0] == 0
    status, out, _ = newslint(f'{baseline}stale-baseline = "error"')
    assert (status, last_line(out)) == (1, "Quality gate failed: 1 stale in the baseline (limit 0)")
    assert newslint(f'{baseline}stale-baseline = "error"', "--stale-baseline", "warn")[0] == 0


LINE = "Quality gate failed: 2 errors (limit 0), 2 warnings (limit 1)"
CONDITIONS = [
    {"metric": "errors", "rule": None, "project": None, "limit": 0, "actual": 2, "passed": False},
    {"metric": "warnings", "rule": None, "project": None, "limit": 1, "actual": 2, "passed": False},
]


@pytest.mark.parametrize("format_", ["markdown", "html", "junit", "text"])
def test_reports_say_whether_the_gate_passed(newslint: Run, format_: str) -> None:
    status, out, _ = newslint("", "--max-warnings", "1", "--format", format_)
    assert status == 1
    assert LINE in out


@pytest.mark.parametrize("format_", ["concise", "github", "gitlab", "rdjson"])
def test_the_gate_is_on_stderr_if_stdout_has_no_room(newslint: Run, format_: str) -> None:
    err = newslint("", "--max-warnings", "1", "--format", format_)[2]
    assert LINE in err
    assert LINE not in newslint("", "--max-warnings", "1", "--format", format_, "--quiet")[2]
    assert "Quality gate" not in newslint("", "--format", format_)[2]  # there are errors


def test_programs_read_the_gate(newslint: Run) -> None:
    options = ("--max-warnings", "1", "--format")
    found = json.loads(newslint("", *options, "json")[1])["gate"]
    assert found == {"passed": False, "conditions": CONDITIONS}
    assert json.loads(newslint("", *options, "jsonl")[1].splitlines()[0])["gate"] == found
    sarif = json.loads(newslint("", *options, "sarif")[1])
    assert sarif["runs"][0]["properties"]["gate"] == found


@pytest.mark.parametrize(("limit", "failures"), [("0", 1), ("9", 0)])
def test_the_gate_is_a_test_of_junit(newslint: Run, limit: str, failures: int) -> None:
    out = newslint("gate.max-errors = 9", "--max-warnings", limit, "--format", "junit")[1]
    (suite,) = (each for each in ET.fromstring(out) if each.get("name") == "quality gate")  # noqa: S314 # our own
    assert len(suite.findall("testcase")) == 1
    assert len(suite.findall("testcase/failure")) == failures == int(suite.get("failures", ""))


@pytest.mark.parametrize(
    ("settings", "arguments", "failed"),
    [
        ("", [], 2),
        ("gate.max-errors = 5", [], 0),
        ("", ["--max-warnings", "0"], 4),
        ("gate.max-errors = 5", ["--max-warnings", "0"], 2),
        ("gate.rules = {mojibake = 1}", [], 1),
        ("gate.rules = {mojibake = 0}\ngate.max-errors = 1", [], 1),
        ('fail-level = "info"', ["--exit-zero"], 5),
    ],
)
def test_tests_of_junit_fail_if_they_exceed_a_limit(
    newslint: Run, settings: str, arguments: list[str], failed: int
) -> None:
    root = ET.fromstring(newslint(settings, *arguments, "--format", "junit")[1])  # noqa: S314 # our own
    suites = [each for each in root if each.get("name") != "quality gate"]
    assert sum(len(suite.findall("testcase/failure")) for suite in suites) == failed
    assert len(root.findall("testsuite/testcase/failure")) == int(root.get("failures", ""))


def test_warnings_that_fail_the_gate_are_named_on_stderr(newslint: Run, archive: Path) -> None:
    write(archive, a="title: Clean\nwebUrl: http://example.org/cloud\n")
    for options in (["--max-warnings", "0"], ["--fail-level", "warning"]):
        status, _, err = newslint("", *options, "--format", "concise")
        assert (status, last_line(err)) == (1, "Quality gate failed: 1 warning (limit 0)")
        assert newslint("", *options, "--format", "concise", "--quiet")[2] == ""


def test_a_stale_baseline_fails_a_test_of_junit(newslint: Run, archive: Path) -> None:
    newslint("")
    assert run(["baseline", "create"]) == 0
    write(archive, a="title: Clean\n")
    settings = 'baseline = "newslint.baseline"\nstale-baseline = "error"'
    _, out, err = newslint(settings, "--format", "junit")
    assert "Quality gate failed: 5 stale in the baseline (limit 0)" in out
    err = newslint(settings, "--format", "concise")[2]
    assert err.startswith("Error: 5 diagnostics of newslint.baseline no longer occur")


def test_the_summary_of_a_step_tells_a_failed_gate(
    newslint: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = archive / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    newslint("", "--max-warnings", "1", "--format", "github")
    assert LINE in summary.read_text()


def test_the_python_api_judges_the_gate_of_the_settings(newslint: Run) -> None:
    newslint("gate.max-errors = 1")
    report = package.check(cache=False)
    assert report.fails()
    assert [each.actual for each in report.gate.failed] == [2]
    newslint("gate.max-errors = 2")
    report = package.check(cache=False)
    assert not report.fails()
    assert report.fails("error")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("max-warnings = 3", "unknown setting 'max-warnings'; write it into the table [gate]"),
        ("gate.max-warning = 3", "unknown setting 'max-warning'; did you mean 'max-warnings'?"),
        ("gate.max_errors = 3", "unknown setting 'max_errors'; did you mean 'max-errors'?"),
        ("gate.max-errors = -1", "'gate.max-errors': "),
        ('gate.max-errors = "no"', "'gate.max-errors': expected a whole number"),
        ("gate = 3", "'gate': expected a table"),
        ("gate.rules.mojibak = 1", "unknown rule 'mojibak'; did you mean 'mojibake'?"),
        ('gate.rules.mojibake = "x"', "'gate.rules.mojibake': expected a whole number"),
    ],
)
def test_mistakes_are_named_with_their_place(newslint: Run, settings: str, message: str) -> None:
    status, out, err = newslint(settings)
    assert (status, out) == (2, "")
    assert "newslint.toml:3:" in err
    assert message in err


def test_gates_are_inherited_limit_by_limit(newslint: Run) -> None:
    Path("base.toml").write_text("[gate]\nmax-errors = 1\nrules = {mojibake = 3}\n")
    settings = 'extends = "base.toml"\n[gate]\nmax-warnings = 7\nrules = {html-entity = 4}\n'
    line = "1 of html-entity (limit 4), 1 of\n  mojibake (limit 3)"  # wrapped at 100 columns
    assert newslint(settings)[1].endswith(
        f"passed: 0 errors (limit 1), 2 warnings (limit 7), {line}\n"
    )


def test_the_settings_that_are_shown_have_all_limits(
    newslint: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    newslint('fail-level = "warning"\n[gate]\nmax-warnings = 7\nrules.mojibake = 3\n')
    assert run(["config", "show"]) == 0
    shown = capsys.readouterr().out
    expected = """\
[gate]
max-errors = 0  # newslint.toml:3
max-warnings = 7  # newslint.toml:5

[gate.rules]
mojibake = 3  # newslint.toml:6
"""
    assert expected in shown
