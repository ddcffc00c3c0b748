"""What all rules have in common."""

import inspect
import pickle
import re
import types
import typing
from pathlib import Path

import pytest

from newslint import rules
from newslint.rules.api import Rule, Safety
from newslint.rules.builtin import BUILTIN
from newslint.rules.explain import explain

FOLDER = Path(inspect.getfile(rules)).parent
SENTENCE = re.compile(r"[A-Z`].*[^.]\.", re.DOTALL)
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")
WRITES_UNSAFE = re.compile(r"Safety\.UNSAFE")

each_rule = pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.id)


TOO_LARGE_TO_SHOW = {
    "rule-crashed",  # there is no record that breaks a sound rule
    "headline-excerpt-mismatch",  # it judges archives of hundreds of articles: see cases/
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
    assert KEBAB.fullmatch(rule.id)
    assert module_of(rule).stem == rule.id.replace("-", "_")
    assert rule.__name__ == "".join(word.title() for word in rule.id.split("-"))
    assert rule.category() == module_of(rule).parent.name


@each_rule
def test_a_rule_says_what_it_reports_and_why(rule: type[Rule]) -> None:
    explanation = explain(rule)
    assert SENTENCE.fullmatch(explanation.summary)
    assert ". " not in explanation.summary
    assert explanation.why
    assert explanation.why.endswith((".", ".)"))


@each_rule
def test_a_rule_says_why_a_fix_is_unsafe(rule: type[Rule]) -> None:
    unsafe = WRITES_UNSAFE.search(module_of(rule).read_text("utf-8"))
    assert bool(unsafe) == bool(explain(rule).fix_safety)
    if unsafe:
        assert explain(rule).fix_safety.startswith(Safety.UNSAFE.value)


@each_rule
def test_a_rule_has_good_and_bad_examples(rule: type[Rule]) -> None:
    assert any(not example.is_bad for example in rule.examples)
    if rule.id not in TOO_LARGE_TO_SHOW:
        assert any(example.is_bad for example in rule.examples)


@each_rule
def test_options_are_described_and_cannot_change(rule: type[Rule]) -> None:
    for name, field in rule.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert is_immutable(field.annotation), name
    assert [each.name for each in explain(rule).options] == [
        name.replace("_", "-") for name in sorted(rule.model_fields)
    ]


@each_rule
def test_a_rule_can_be_sent_to_another_process_and_be_a_key(rule: type[Rule]) -> None:
    instance = rule()
    assert pickle.loads(pickle.dumps(instance)) == instance  # noqa: S301 # our own bytes
    assert hash(instance) == hash(rule())


@each_rule
def test_options_have_a_json_schema(rule: type[Rule]) -> None:
    schema = rule.model_json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema.get("properties", {})) == set(rule.model_fields)


@each_rule
def test_defaults_of_options_are_valid(rule: type[Rule]) -> None:
    assert rule.model_validate(rule().model_dump()) == rule()


def is_immutable(kind: object) -> bool:
    origin = typing.get_origin(kind)
    if origin in (tuple, types.UnionType, typing.Union):
        parts = [part for part in typing.get_args(kind) if part is not Ellipsis]
        return all(map(is_immutable, parts))
    return origin not in (list, set, dict) and kind not in (list, set, dict, bytearray)
