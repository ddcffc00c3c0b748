"""Golden folders: `cases/<rule>/<case>/` holds records, what is said of them, and the repair.

`expected.json` is compared with everything that the rule says, places and messages included, and
`fixed/` with every file that its fixes change.
"""

import json
import shutil
from pathlib import Path

import pytest

from helpers import (
    Golden,
    check,
    fix_all,
    golden_report,
    parsed,
    selection,
)
from newslint.engine.verify import is_as_named
from newslint.rules.builtin import BUILTIN
from newslint.testing import changed_values

NO_RECORD = ("rule-crashed", "unrepaired-file")  # no record by itself brings them about
CASES = Path(__file__).parent.parent / "cases"
RULES = sorted(rule.id for rule in BUILTIN if rule.id not in NO_RECORD)
FOLDERS = sorted(folder for folder in CASES.glob("*/*") if folder.is_dir())
BROKEN = ("yaml-syntax", "unreadable-file", "missing-front-matter", "duplicate-key")
EXPECTED = "expected.json"
FIXED = "fixed"

each_case = pytest.mark.parametrize(
    "case", FOLDERS, ids=lambda path: f"{path.parent.name}/{path.name}"
)


def inputs(case: Path) -> list[Path]:
    return sorted(path for path in case.iterdir() if path.is_file() and path.name != EXPECTED)


@pytest.fixture
def records(case: Path, archive: Path) -> Path:
    for path in inputs(case):
        shutil.copy(path, archive)
    return archive


@each_case
def test_a_case_is_reported_as_expected(case: Path, records: Path, golden: Golden) -> None:
    report = check(records, select=selection(case.parent.name))
    golden(case / EXPECTED, golden_report(report))


@each_case
def test_fixes_give_the_expected_files(case: Path, records: Path, golden: Golden) -> None:
    fix_all(records, selection(case.parent.name))
    for path in inputs(case):
        after = (records / path.name).read_bytes()
        if after == path.read_bytes():
            golden.absent(case / FIXED / path.name)
        else:
            golden(case / FIXED / path.name, after.decode())


@each_case
def test_fixed_files_parse_and_differ_in_the_named_values_only(case: Path, records: Path) -> None:
    rule = case.parent.name
    found = check(records, select=selection(rule)).diagnostics
    fix_all(records, selection(rule))
    for path in inputs(case):
        if (records / path.name).read_bytes() == path.read_bytes():
            continue
        before = parsed(path.read_bytes().decode(), path.name)
        after = parsed((records / path.name).read_bytes().decode(), path.name)
        named = {each.location.pointer for each in found if each.location.path == path.name}
        assert {each.rule for each in after.problems} <= {each.rule for each in before.problems}
        of_file = [each for each in found if each.location.path == path.name]
        assert is_as_named(before, after, of_file)
        if not any(each.fix and each.fix.removes for each in of_file):
            assert changed_values(before, after) <= named
        if "" not in named:
            assert body(after) == body(before)


@each_case
def test_fixes_of_all_rules_together_come_to_an_end(case: Path, records: Path) -> None:
    before = {each.fingerprint for each in check(records, select=("all",)).diagnostics}
    fix_all(records, ("all",))
    after = [each for each in check(records, select=("all",)).diagnostics if each.rule in BROKEN]
    assert {each.fingerprint for each in after} <= before


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
