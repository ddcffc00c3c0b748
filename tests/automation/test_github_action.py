"""The GitHub action: its scripts are run unchanged from ci/github/action.yml."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import write
from newslint.rules.example_records import NEWS_RECORD
from steps import Runner

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "a.md; touch pwned",
    'a.md"; touch pwned; "',
    "a.md' && touch pwned && '",
    "${IFS}|touch${IFS}pwned",
    "--output=pwned",
]


def test_a_clean_archive_passes(act, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    status, runner = act()
    assert status == 0, runner.log
    assert runner.filled("${{ steps.check.outputs.status }}") == "0"


def test_diagnostics_are_annotations_and_fail_the_step(act, archive: Path, tmp_path: Path) -> None:
    write(archive, a=BROKEN)
    status, runner = act()
    assert status == 1
    assert "::error file=a.md,line=3,col=16," in runner.log
    assert runner.known["steps.check.outputs.status"] == "1"


def test_reports_are_written(act, archive: Path) -> None:
    write(archive, a=BROKEN)
    status, _ = act(reports="sarif=a report.sarif\njunit=newslint.xml\n")
    assert status == 1
    (run,) = json.loads((archive / "a report.sarif").read_text("utf-8"))["runs"]
    assert "mojibake" in {result["ruleId"] for result in run["results"]}
    assert (archive / "newslint.xml").exists()


def test_the_fail_level_is_that_of_the_input(act, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    assert act(args="--select missing-image")[0] == 0
    assert act(args="--select missing-image", fail_level="warning")[0] == 1


def test_paths_are_lines_and_arguments_are_words(act, archive: Path) -> None:
    (archive / "old news").mkdir()
    write(archive / "old news", a=BROKEN)
    write(archive, b=BROKEN, c=BROKEN)
    status, runner = act(
        paths="old news/a.md\n\nb.md\n",
        args="--select 'text, schema' --ignore images",
        format="concise",
    )
    assert status == 1
    assert [line.partition(":")[0] for line in runner.log.splitlines() if "mojibake" in line] == [
        "b.md",
        "old news/a.md",
    ]


def test_the_folder_is_that_of_the_input(act, archive: Path) -> None:
    (archive / "site").mkdir()
    write(archive / "site", a=BROKEN)
    assert act(working_directory="site", paths="a.md")[0] == 1


@pytest.mark.parametrize("name", ["paths", "args", "reports", "format", "fail_level"])
@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_of_an_input_is_run(name: str, value: str, act, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    status, runner = act(**{name: value})
    allowed = {"a.md", "newslint.toml"}
    if (name, value) == ("args", HOSTILE[-1]):
        allowed.add("pwned")  # an option like any other, from whoever writes the workflow
    assert {path.name for path in archive.iterdir()} <= allowed
    assert status == 2 or "pwned" in allowed, runner.log


def test_a_quote_that_is_never_closed_is_told(act, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    status, runner = act(args="--select 'text")
    assert status == 2
    assert "::error::newslint: the input args has a quote that is never closed" in runner.log


def test_scripts_hold_no_expressions(action: dict[str, Any]) -> None:
    scripts = [each["run"] for each in action["runs"]["steps"] if "run" in each]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_every_input_is_used_and_described(action: dict[str, Any], repository: Path) -> None:
    text = (repository / "ci" / "github" / "action.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(action["inputs"])
    page = (repository / "docs" / "github.md").read_text("utf-8")
    for name, each in action["inputs"].items():
        assert each["description"].strip()
        assert f"| `{name}` |" in page


PYTHON = """\
#!/bin/sh
echo "$*" >> "{calls}"
if [ "$2" = venv ]; then mkdir -p "$4/bin" && cp "$0" "$4/bin/python"; fi
"""
"""Stands for a Python that makes environments, and notes what it is asked for."""


@pytest.mark.parametrize(
    ("version", "packages"), [("1.2.3", "newslint==1.2.3"), ("latest", "newslint")]
)
def test_another_version_comes_from_the_index(
    version: str,
    packages: str,
    action: dict[str, Any],
    clean_environment: dict[str, str],
    tmp_path: Path,
) -> None:
    python, calls = tmp_path / "python", tmp_path / "calls"
    python.write_text(PYTHON.format(calls=calls))
    python.chmod(0o755)
    known = {"steps.python.outputs.python-path": str(python), "inputs.version": version}
    runner = Runner(tmp_path, tmp_path, clean_environment, known)
    (install,) = [each for each in action["runs"]["steps"] if each.get("id") == "install"]
    assert runner.run(install) == 0, runner.log
    assert calls.read_text().splitlines()[-1].endswith(f" install --quiet {packages}")


def test_a_runner_with_windows_is_refused(
    action: dict[str, Any], clean_environment: dict[str, str], tmp_path: Path
) -> None:
    known = {"steps.python.outputs.python-path": sys.executable, "inputs.version": ""}
    environment = {**clean_environment, "RUNNER_OS": "Windows"}
    runner = Runner(tmp_path, tmp_path, environment, known)
    (install,) = [each for each in action["runs"]["steps"] if each.get("id") == "install"]
    assert runner.run(install) == 2
    assert runner.log.startswith("::error::newslint does not support Windows; ")
