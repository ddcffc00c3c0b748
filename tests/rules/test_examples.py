"""The examples in the rules' own files, run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import changed_values, check, fenced, fixed, parsed, selection
from newslint.rules.api import Example, Rule
from newslint.rules.builtin import BUILTIN


def named(rule: type[Rule]) -> Iterator[Any]:
    for number, example in enumerate(rule.examples, 1):
        kind = "bad" if example.is_bad else "good"
        yield pytest.param(rule, example, id=f"{rule.id}-{number}-{kind}")


EXAMPLES = [example for rule in BUILTIN for example in named(rule)]
REPAIRS = [each for each in EXAMPLES if each.values[1].fixed is not None]


def as_file(example: Example, text: str) -> str:
    return text if example.whole else fenced(text)


def write_example(folder: Path, example: Example) -> None:
    for number, text in enumerate(example.files):
        data = as_file(example, text).encode("utf-8", "surrogateescape")
        (folder / name_of(example, number)).write_bytes(data)


def name_of(example: Example, number: int) -> str:
    return (example.name if number == 0 else "") or f"{number:02}.md"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_bad_examples_are_reported_and_good_ones_are_not(
    rule: type[Rule], example: Example, archive: Path
) -> None:
    write_example(archive, example)
    report = check(archive, select=selection(rule.id))
    assert {each.rule for each in report.diagnostics} == ({rule.id} if example.is_bad else set())


@pytest.mark.parametrize(("rule", "example"), REPAIRS)
def test_fixes_of_an_example_cure_it_and_change_nothing_else(
    rule: type[Rule], example: Example, archive: Path
) -> None:
    write_example(archive, example)
    file = archive / name_of(example, 0)
    before = file.read_bytes().decode()
    found = check(archive, select=selection(rule.id)).diagnostics
    fixable = [each for each in found if each.fix and each.location.path == file.name]

    file.write_bytes(fixed(before, [each.fix for each in fixable if each.fix]).encode())

    after = file.read_bytes().decode()
    assert example.fixed is not None
    assert after == as_file(example, example.fixed)
    assert check(archive, select=selection(rule.id)).diagnostics == ()
    document = parsed(after)
    assert not document.problems
    assert changed_values(parsed(before), document) <= {each.location.pointer for each in fixable}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_that_can_be_fixed_says_how(
    rule: type[Rule], example: Example, archive: Path
) -> None:
    write_example(archive, example)
    found = check(archive, select=selection(rule.id)).diagnostics
    first = [each for each in found if each.location.path == "00.md" and each.fix]
    assert bool(first) == (example.fixed is not None)
