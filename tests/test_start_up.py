"""Imports of a short run. They determine the start-up time, which varies on a busy machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.rules.example_records import NEWS_RECORD
from processes import SOURCE, environment

IMPORTED = re.compile(r"^import time: .*\| +(\S+)$", re.MULTILINE)

OF_THE_VERSION = {"click", "pydantic", "yaml", "rich", "pathlib", "newslint.cli"}
OF_ODD_RECORDS = {
    "ftfy": "text that may be broken UTF-8",
    "genson": "newslint schema infer",
    "html": "character references",
    "jsonschema_rs": "a schema of the user's",
    "jinja2": "the HTML report",
    "newslint.documents.conflicts": "merge conflicts",
    "newslint.documents.encoding": "files that are not UTF-8",
    "newslint.documents.fences": "front matter without proper fences",
    "newslint.execution.fixing": "--fix",
    "newslint.execution.tables": "rows of tables",
    "newslint.records.invisible_needs": "invisible characters",
    "newslint.records.mojibake_lines": "text that may be mojibake",
    "newslint.reporters.history": "newslint stats",
    "newslint.reporters.report_model": "newslint schema show",
    "newslint.cli.init": "newslint init",
    "pathspec": "patterns and .gitignore",
    "pydantic.plugin._loader": "values that only a validator of pydantic's can judge",
    "rich.console": "newslint explain and newslint rules",
    "snowballstemmer": "archives of many headlines",
    "subprocess": "--since",
    "traceback": "a crash, and code that cannot be imported",
    "tree_sitter": "places in settings",
    "validators": "URLs with unusual characters",
}


def imported(*arguments: str, cwd: Path) -> set[str]:
    """Return the modules that a run of newslint imports."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newslint", *arguments],
        cwd=cwd,
        env=environment() | {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(IMPORTED.findall(ended.stderr))


def test_the_version_is_printed_before_anything_is_imported(tmp_path: Path) -> None:
    modules = imported("--version", cwd=tmp_path)
    assert "newslint._version" in modules
    assert not modules & OF_THE_VERSION


def test_the_package_imports_its_api_when_it_is_used() -> None:
    code = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); before = {{*sys.modules}}; "
    code += "import newslint; print(*{*sys.modules} - before)"
    command = [sys.executable, "-I", "-S", "-c", code]
    ended = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert set(ended.stdout.split()) == {"newslint", "newslint._version"}


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_check_imports_nothing_that_only_odd_records_need(format_: str, tmp_path: Path) -> None:
    record = NEWS_RECORD.replace("PyTorch moves", "PyTorch’s “move”")
    (tmp_path / "a.md").write_text(f"---\n{record}\n---\n", "utf-8")
    modules = imported("check", "a.md", "--format", format_, cwd=tmp_path)
    assert "newslint.rules.builtin" in modules
    assert not modules & OF_ODD_RECORDS.keys()


@pytest.mark.parametrize("headline", ["Größe für Männer", "Правительство и народ", "日本語の文章"])
def test_good_text_that_is_not_english_does_not_import_ftfy(headline: str, tmp_path: Path) -> None:
    record = NEWS_RECORD.replace("PyTorch moves", headline)
    (tmp_path / "a.md").write_text(f"---\n{record}\n---\n", "utf-8")
    assert "ftfy" not in imported("check", "a.md", cwd=tmp_path)
