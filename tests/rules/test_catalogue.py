"""Requirements that all rules meet."""

import inspect
import re
from pathlib import Path

import pytest

from newslint import rules
from newslint._manual import page_address
from newslint.rules.addresses import rule_address, rule_addresses
from newslint.rules.api import Bad, MentionRule, Rule, Severity
from newslint.rules.builtin import BUILTIN
from newslint.rules.explain import explain
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.testing import find_problems

FOLDER = Path(inspect.getfile(rules)).parent
WRITES_UNSAFE = re.compile(r"Safety\.UNSAFE")

each_rule = pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)


TOO_LARGE_TO_SHOW = {
    "unrepaired-file",  # only runs with --fix report it
    "rule-crashed",  # no record makes a correct rule crash
}


def module_of(rule: type[Rule]) -> Path:
    return Path(inspect.getfile(rule))


def test_the_registry_is_sorted_and_has_no_duplicates() -> None:
    names = [rule.id for rule in BUILTIN]
    assert names == sorted(set(names))


def test_every_rule_file_is_registered() -> None:
    files = {path for path in FOLDER.glob("*/*.py") if path.name != "__init__.py"}
    assert {module_of(rule) for rule in BUILTIN} == files


@each_rule
def test_a_rule_has_one_name_everywhere(rule: type[Rule]) -> None:
    assert module_of(rule).stem == rule.id.replace("-", "_")
    folder = module_of(rule).parent.name
    assert rule.category() == ("own" if folder == "meta" else folder)


@each_rule
def test_a_rule_meets_the_requirements(rule: type[Rule]) -> None:
    beside = (
        [each() for each in BUILTIN if each.category() in ("text", "dates")]
        if rule is UnusedSuppression
        else []
    )
    problems = list(find_problems(rule, beside))
    assert problems == (["no example is Bad"] if rule.id in TOO_LARGE_TO_SHOW else [])


@each_rule
def test_a_rule_explains_why_a_fix_is_unsafe(rule: type[Rule]) -> None:
    own = (each for each in rule.__mro__ if issubclass(each, Rule))
    bases = (each for each in own if not {"check", "judge"}.isdisjoint(vars(each)))
    unsafe = any(WRITES_UNSAFE.search(module_of(each).read_text("utf-8")) for each in bases)
    assert unsafe == bool(explain(rule).fix_safety)


@each_rule
def test_options_have_a_json_schema(rule: type[Rule]) -> None:
    assert set(rule.model_json_schema().get("properties", {})) == set(rule.model_fields)
    assert [each.name for each in explain(rule).options] == [
        name.replace("_", "-") for name in sorted(rule.model_fields)
    ]


@each_rule
def test_defaults_are_valid_without_validation(rule: type[Rule]) -> None:
    assert rule.model_construct() == rule.model_validate({})


class HouseRule(MentionRule):
    """A rule of a plugin, with a page of its own."""

    id = "house-rule"
    severity = Severity.INFO
    examples = (Bad("a: b"),)
    documentation = "https://docs.example/house-rule"


class UndocumentedRule(MentionRule):
    """A rule of a plugin."""

    id = "undocumented-rule"
    severity = Severity.INFO
    examples = (Bad("a: b"),)


@each_rule
def test_the_address_of_a_rule_is_that_of_its_page(rule: type[Rule], repository: Path) -> None:
    assert rule_address(rule) == page_address(f"rules/{rule.id}")
    assert (repository / "docs" / "rules" / f"{rule.id}.md").is_file()


def test_rules_of_plugins_have_the_address_that_they_give() -> None:
    addresses = rule_addresses([HouseRule, UndocumentedRule])
    assert addresses["house-rule"] == HouseRule.documentation
    assert addresses.keys() == {rule.id for rule in BUILTIN} | {"house-rule"}
