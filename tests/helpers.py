"""Helpers that write archives, check and fix them, and compare golden files."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from newslint.diagnostics import Diagnostic, Report, Safety
from newslint.documents import Document, read_document
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.fixed_file import FixResult
from newslint.execution.fixing import fix_files
from newslint.execution.workspace import Workspace
from newslint.records.text_damage import TextDamage
from newslint.reporters.json import encode_diagnostic
from newslint.rules.api import Rule
from newslint.syntax import Reader, Value
from newslint.testing import UniformSelection, fence

MAX_ROUNDS = 3


class Golden:
    """Golden files: the expected output of tests.

    Args:
        update: Write them instead of comparing.
    """

    def __init__(self, *, update: bool) -> None:
        self.update = update

    def __call__(self, path: Path, actual: str) -> None:
        """Compare `actual` with the file `path`."""
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode())
            return
        assert path.exists(), f"{path} is missing; `pytest --update` writes it"
        assert actual == path.read_bytes().decode()

    def absent(self, path: Path) -> None:
        """Assert that there is no file `path`."""
        if self.update:
            path.unlink(missing_ok=True)
        assert not path.exists(), f"{path} is not expected any more"


def check(
    folder: Path,
    *names: str,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    rules: Iterable[Rule] | None = None,
) -> Report:
    """Check `names` in `folder`, or all of it."""
    paths = [folder / name for name in names] or [folder]
    chosen = None if rules is None else UniformSelection(rules)
    request = CheckRequest.create(paths, folder, chosen, select=select, ignore=ignore)
    return run_check(request).report


def selection(rule: str) -> tuple[str, ...]:
    """Return the selection that shows the effect of a rule.

    A comment can be unused only if the rule that it names has run.
    """
    return (rule, "text", "dates") if rule == "unused-suppression" else (rule,)


def write(folder: Path, **files: str) -> None:
    """Write records: `a="title: x"` is the front matter of `a.md`."""
    for name, front_matter in files.items():
        (folder / f"{name}.md").write_bytes(fence(front_matter).encode())


def parsed(text: str, name: str = "a.md") -> Document:
    """Parse the text of a file."""
    return read_document(name, text.encode(), Reader())


def value_of(yaml: str) -> Value:
    """Parse YAML and return its root value."""
    return parsed(yaml, "a.yaml").roots[0]


def fix_all(folder: Path, select: Sequence[str]) -> None:
    """Apply the fixes of all diagnostics to the files of `folder`, until none is left."""
    repaired = fix_in_memory(folder, select)
    for file in repaired.repairs.files.values():
        file.path.write_bytes(file.after)


class RepairedFiles(NamedTuple):
    """Files before and after their fixes.

    Attributes:
        before: The report on the files as they are on the disk.
        repairs: The fixed files, and the outcome of the check that followed the last fix.
    """

    before: Report
    repairs: FixResult


def fix_in_memory(folder: Path, select: Sequence[str]) -> RepairedFiles:
    """Check files with the rules `select` and fix them in memory until a check offers no fix.

    Raises:
        AssertionError: The fixes never end, take more than `MAX_ROUNDS`, or spoil a file.
    """
    request = CheckRequest.create([folder], folder, select=select)
    workspace = Workspace(request)
    before = workspace.report()
    repairs = fix_files(workspace, frozenset(Safety))
    assert repairs.settled, f"fixes of {', '.join(select)} never end"
    assert repairs.failures == ()
    assert repairs.rounds <= MAX_ROUNDS
    return RepairedFiles(before, repairs)


def golden_report(report: Report) -> str:
    """Format a report for a golden file: all that users see, a line for each part."""
    listed = [_shown(each) for each in report.diagnostics]
    summary: dict[str, Any] = {"causes": report.causes, "diagnostics": listed}
    if report.suppressed:
        silenced = [(_shown(each.diagnostic), each.reason) for each in report.suppressed]
        summary["suppressed"] = [
            f"{each['at']} {each['rule']} -- {reason}" for each, reason in silenced
        ]
    return json.dumps(summary, ensure_ascii=False, indent=1) + "\n"


def _shown(diagnostic: Diagnostic) -> dict[str, Any]:
    found = encode_diagnostic(diagnostic)
    shown = {
        "at": _place(found),
        "pointer": found["pointer"],
        "rule": found["rule"],
        "severity": found["severity"],
        "message": found["message"],
        "related": [
            f"{_place(each)} {each['pointer']} {each['message']}"
            for each in found["related_locations"]
        ],
    }
    fix = found["fix"]
    if fix is not None:
        shown["fix"] = {
            "title": fix["title"],
            "safety": fix["safety"],
            "edits": {_range(each): each["text"] for each in fix["edits"]},
        }
    return shown


def _place(found: dict[str, Any]) -> str:
    return f"{found['path']}:{_range(found['location'])}"


def _range(span: dict[str, Any]) -> str:
    start, end = span["start"], span["end"]
    return f"{start['line']}:{start['column']}-{end['line']}:{end['column']}"


def assert_well_formed(text: str, damage: Iterable[TextDamage]) -> None:
    """Check that damaged spans are in order and contain their text."""
    ends = [0]
    for start, end, broken, was in damage:
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end] == broken != was
        ends.append(end)


@contextmanager
def nested_folders(folder: Path, name: str, depth: int) -> Iterator[None]:
    """Create folders, each in the one before and with a record `a.md`, and remove them at the end.

    Neither creating nor removing them needs a path, which would be too long, or recursion.
    """
    before = Path.cwd()
    os.chdir(folder)
    for _ in range(depth):
        Path(name).mkdir()
        os.chdir(name)
        Path("a.md").write_text("---\ntitle: A\n---\n", "utf-8")
    os.chdir(before)
    try:
        yield
    finally:
        os.chdir(folder)
        for _ in range(depth):
            os.chdir(name)
        for _ in range(depth):
            Path("a.md").unlink()
            os.chdir(os.pardir)
            Path(name).rmdir()
        os.chdir(before)
