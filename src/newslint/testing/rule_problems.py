"""The requirements of rules: their names, docstrings, options and examples."""

import pickle
import re
from collections.abc import Iterable, Iterator

from newslint.diagnostics import Safety, Severity
from newslint.rules.api import Rule
from newslint.rules.explain import explain
from newslint.rules.option_types import describe_mutable_option, find_mutable_options
from newslint.testing.archive import lint
from newslint.testing.example_problems import ExampleRun, example_files, find_example_problems
from newslint.testing.target_names import find_unknown_names, record_missed_names

_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SENTENCE = re.compile(r"[A-Z`].*[^.]\.", re.DOTALL)
_SEVERITIES = ", ".join(f"Severity.{severity.name}" for severity in Severity)
_REQUIRED = {
    "id": "set it to the name of the rule, such as 'long-headline'",
    "severity": f"set it to one of {_SEVERITIES}",
    "examples": "set it to a tuple of at least one Bad and one Good",
}


def check_rule(rule: type[Rule]) -> None:
    """Check that a rule meets the requirements listed at `find_problems`.

    Raises:
        AssertionError: It does not; the message lists all problems.
    """
    problems = list(find_problems(rule))
    if problems:
        raise AssertionError("\n".join([f"{rule.__name__}:", *(f"- {each}" for each in problems)]))


def find_problems(rule: type[Rule], beside: Iterable[Rule] = ()) -> Iterator[str]:
    """Yield a sentence for each requirement that a rule does not meet.

    The requirements concern its attributes, its docstring, its options and its examples: the rule
    reports the bad examples and not the good ones, and its fixes turn an example into its `fixed`
    text, which the rule does not report and in which no other value has changed. The names of
    targets that it asks for exist.

    Args:
        rule: The rule.
        beside: Rules to run with it on its examples; their diagnostics are ignored.
    """
    missing = list(_attribute_problems(rule))
    if missing:
        yield from missing
        return
    yield from _name_problems(rule)
    yield from _docstring_problems(rule)
    mutable = find_mutable_options(rule)
    yield from _option_problems(rule, mutable)
    try:
        hash(rule())
    except (TypeError, ValueError) as error:
        if not mutable:
            yield f"it cannot be created or hashed: {error}"
        return  # so its examples cannot be checked
    yield from _example_problems(rule, tuple(beside))


def _attribute_problems(rule: type[Rule]) -> Iterator[str]:
    """Check that a rule has the attributes that have no default."""
    for name, remedy in _REQUIRED.items():
        if name in rule.model_fields:
            yield (
                f"its '{name}' has a type annotation, which makes it an option; remove the "
                "annotation"
            )
        elif not hasattr(rule, name):
            yield f"it has no '{name}', which has no default: {remedy}"


def _name_problems(rule: type[Rule]) -> Iterator[str]:
    """Check a rule's id and class name."""
    if not _KEBAB.fullmatch(rule.id):
        yield f"its id '{rule.id}' is not in lower-case words joined by dashes"
    camel = "".join(word.title() for word in rule.id.split("-"))
    if rule.__name__ != camel:
        yield f"its class is not called {camel}, as its id is '{rule.id}'"


def _docstring_problems(rule: type[Rule]) -> Iterator[str]:
    """Check a rule's docstring."""
    explanation = explain(rule)
    if not _SENTENCE.fullmatch(explanation.summary) or ". " in explanation.summary:
        yield "its docstring does not start with one sentence that says what it reports"
    if not explanation.why.endswith((".", ".)")):
        yield "its docstring has no paragraph 'Why: …' that ends in a full stop"
    fix_safety = explanation.fix_safety
    if fix_safety and not fix_safety.startswith(Safety.UNSAFE.value):
        yield "its docstring's 'Fix safety: …' does not start with 'unsafe'"


def _option_problems(rule: type[Rule], mutable: list[str]) -> Iterator[str]:
    """Check a rule's options and that the rule can be pickled.

    Args:
        rule: The rule.
        mutable: The options whose values can be changed.
    """
    for name, field in rule.model_fields.items():
        if not (field.description or "").endswith("."):
            yield f"its option '{name}' has no description that ends in a full stop"
    yield from map(describe_mutable_option, mutable)
    if any(field.is_required() for field in rule.model_fields.values()):
        return  # reported as a rule that cannot be created
    default = rule()
    if not mutable and rule.model_validate(default.model_dump()) != default:
        yield "the defaults of its options are not valid"
    if not mutable and hash(default) != hash(rule()):
        yield "it cannot be a key: its hash changes"
    if not _can_be_pickled(default):
        yield "it cannot be sent to another process; define it at the top level of a module"
    if rule.model_json_schema().get("additionalProperties") is not False:
        yield "it takes options that it does not have"


def _can_be_pickled(rule: Rule) -> bool:
    """Check if another process receives an equal rule."""
    try:
        return bool(pickle.loads(pickle.dumps(rule)) == rule)  # noqa: S301 # our own bytes
    except (pickle.PicklingError, AttributeError, TypeError):
        return False


def _example_problems(rule: type[Rule], beside: tuple[Rule, ...]) -> Iterator[str]:
    """Check the examples of a rule."""
    if not any(example.is_bad for example in rule.examples):
        yield "no example is Bad"
    if all(example.is_bad for example in rule.examples):
        yield "no example is Good"
    run = ExampleRun(rule, beside)
    with record_missed_names() as missed:
        for number, example in enumerate(rule.examples, 1):
            yield from (f"example {number}: {each}" for each in find_example_problems(run, example))
        has_unsafe_fix = _has_unsafe_fix(rule)
    if has_unsafe_fix and not explain(rule).fix_safety:
        yield "it has unsafe fixes and its docstring no paragraph 'Fix safety: unsafe; …'"
    yield from find_unknown_names(rule, missed)


def _has_unsafe_fix(rule: type[Rule]) -> bool:
    """Check if a diagnostic in a rule's examples has an unsafe fix."""
    reports = (lint(rule(), example_files(example)) for example in rule.examples)
    fixes = (each.fix for report in reports for each in report.diagnostics)
    return any(fix is not None and fix.safety is Safety.UNSAFE for fix in fixes)
