"""Golden folders: `cases/<rule>/<case>/` contains records and the output that is expected for them.

`expected.json` is compared with the whole report of the rule, places and messages included, and
`fixed/` with every file that its fixes change.
"""

import json
import shutil
from pathlib import Path

import pytest

from helpers import Golden, RepairedFiles, fix_in_memory, golden_report, parsed, selection
from newslint.engine.verification import is_intended_change
from newslint.rules.builtin import BUILTIN
from newslint.testing import changed_values

NO_RECORD = ("rule-crashed", "unrepaired-file")  # no record alone causes them
CASES = Path(__file__).parent.parent / "cases"
RULES = sorted(rule.id for rule in BUILTIN if rule.id not in NO_RECORD)
FOLDERS = sorted(folder for folder in CASES.glob("*/*") if folder.is_dir())
BROKEN = (
    "yaml-syntax",
    "toml-syntax",
    "json-syntax",
    "unreadable-file",
    "missing-front-matter",
    "duplicate-key",
)
EXPECTED = "expected.json"
FIXED = "fixed"


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_case(case: Path, archive: Path, golden: Golden) -> None:
    """Check and fix the records of a case: with its rule, then with all rules together.

    Fixes end with a check that offers none, so the fixed files do not change on a second pass.
    """
    names = [path.name for path in case.iterdir() if path.is_file() and path.name != EXPECTED]
    for name in names:
        shutil.copy(case / name, archive)
    repaired = fix_in_memory(archive, selection(case.parent.name))
    golden(case / EXPECTED, golden_report(repaired.before))
    for name in sorted(names):
        file = repaired.repairs.files.get(name)
        if file is None:
            golden.absent(case / FIXED / name)
        else:
            golden(case / FIXED / name, file.after.decode())
            assert_fixes_change_named_values_only(repaired, name)
    assert_fixes_break_no_file(fix_in_memory(archive, ("all",)))


def assert_fixes_change_named_values_only(repaired: RepairedFiles, name: str) -> None:
    """Compare the values of a file before and after its fixes."""
    file = repaired.repairs.files[name]
    before, after = parsed(file.before.decode(), name), parsed(file.after.decode(), name)
    found = [each for each in repaired.before.diagnostics if each.location.path == name]
    named = {each.location.pointer for each in found}
    assert {each.rule for each in after.problems} <= {each.rule for each in before.problems}
    assert is_intended_change(before, after, found)
    if not any(each.fix and each.fix.removes for each in found):
        assert changed_values(before, after) <= named
    if "" not in named:
        assert body(after) == body(before)


def assert_fixes_break_no_file(repaired: RepairedFiles) -> None:
    """Compare the diagnostics of unreadable front matter before and after fixes."""
    before = {each.fingerprint for each in repaired.before.diagnostics}
    left = repaired.repairs.outcome.report.diagnostics
    assert {each.fingerprint for each in left if each.rule in BROKEN} <= before


def body(document) -> str:
    return document.source.text[document.body_start :]


def test_every_rule_has_cases_of_both_kinds() -> None:
    counts = {rule: {True: 0, False: 0} for rule in RULES}
    for case in FOLDERS:
        expected = json.loads((case / EXPECTED).read_bytes())
        counts[case.parent.name][bool(expected["diagnostics"])] += 1
    assert {rule: kinds for rule, kinds in counts.items() if min(kinds.values()) < 2} == {}


@pytest.mark.parametrize("secret", ["TopSecret", "31415926", "ContinuedSecret", "QUJD"])
def test_no_case_echoes_a_secret(secret: str) -> None:
    leaks = [path for path in CASES.glob(f"*/*/{EXPECTED}") if secret in path.read_text("utf-8")]
    assert leaks == []
