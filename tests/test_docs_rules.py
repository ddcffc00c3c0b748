"""Tests of the rule pages: one for each rule, generated from its docstring."""

import re
from pathlib import Path

import pytest

from helpers import Golden
from newslint.reporters.rule_page import render_rule_index, render_rule_page
from newslint.rules.api import Bad, Rule, Severity
from newslint.rules.builtin import BUILTIN
from newslint.settings import load_project

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def pages(repository: Path) -> Path:
    """Return the folder of the pages."""
    return repository / "docs" / "rules"


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)
def test_every_rule_has_its_page(rule: type[Rule], pages: Path, golden: Golden) -> None:
    golden(pages / f"{rule.id}.md", "".join(render_rule_page(rule)))


def test_the_index_lists_all_rules(pages: Path, golden: Golden) -> None:
    golden(pages / "README.md", "".join(render_rule_index(BUILTIN)))


def test_there_are_no_pages_of_rules_that_are_gone(pages: Path) -> None:
    found = {path.stem for path in pages.iterdir()}
    assert found == {rule.id for rule in BUILTIN} | {"README"}


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)
def test_the_settings_that_are_shown_can_be_used(rule: type[Rule], tmp_path: Path) -> None:
    page = "".join(render_rule_page(rule))
    *options, adaptation = (text for kind, text in FENCED.findall(page) if kind == "toml")
    file = tmp_path / "newslint.toml"
    for shown in (*options, adaptation):
        file.write_text(shown, "utf-8")
        assert load_project(file).file == file
    assert len(options) == bool(rule.model_fields)
    assert sum(each.count("=") for each in options) >= len(rule.model_fields)
    assert f'["{rule.id}"]' in adaptation


class Odd(Rule):
    """Tags such as <b> are | told."""

    id = "odd"
    severity = Severity.INFO
    default = False
    examples = (Bad("a: `x` ```\n\x1b[31mb: \u202ec", name="odd name.md"),)


def test_hostile_examples_are_shown_as_they_are() -> None:
    page = "".join(render_rule_page(Odd))
    assert "Tags such as \\<b> are \\| told." in page
    assert "````yaml\na: `x` ```\n\\x1b[31mb: \\u202ec\n````\n" in page
    assert "**Bad**, in `odd name.md`" in page
    assert "| test_docs_rules | info | when selected by name | none |" in page
