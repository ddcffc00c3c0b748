"""Checks the names that a rule passes to `target`.

A name that a description lacks is no error in a run: the target is the whole description then. So
a misspelt name goes unnoticed, except here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from newslint.documents import read_document
from newslint.records import NEWS, Description, Target
from newslint.records.collection import FIELDS_OF_ROLES
from newslint.records.description_reader import LOCATED
from newslint.records.terms import LISTED_ROLES
from newslint.rules.api import MentionRule, RecordRule, Rule
from newslint.syntax import Reader, Value
from newslint.testing.archive import encode
from newslint.testing.example_problems import example_files


@contextmanager
def record_missed_names() -> Iterator[dict[str, None]]:
    """Record the names of targets that descriptions lack, in the order in which rules ask."""
    missed: dict[str, None] = {}
    original = Description.target

    def target(self: Description, name: str = "") -> Target:
        if not self.has_field(name):
            missed[name] = None
        return original(self, name)

    Description.target = target  # type: ignore[method-assign]
    try:
        yield missed
    finally:
        Description.target = original  # type: ignore[method-assign]


def find_unknown_names(rule: type[Rule], missed: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each name of a target that no description can have.

    Args:
        rule: The rule that asked for the targets.
        missed: The names that descriptions lacked.
    """
    roles = {role for role, names in FIELDS_OF_ROLES.items() if not {*names}.isdisjoint(LOCATED)}
    located = {*LOCATED, *roles}
    fields = {*located, *FIELDS_OF_ROLES, *_schema_fields()}
    has_values = issubclass(rule, (MentionRule, RecordRule))
    for name in missed:
        if name not in fields and _role(name) is None and not _occurs(rule, name):
            near = get_close_matches(name, sorted(fields), 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            yield f"target('{name}'): no role, field of 'news' or example has this name{hint}"
        elif not has_values and name not in located:
            role = _role(name)
            yield f"target('{name}'): a description in a group has no place for it; " + (
                f"use the places of its texts, names_of('{role}')"
                if role
                else f"use one of {', '.join(sorted(located - {''}))}, or a MentionRule"
            )


def _role(name: str) -> str | None:
    """Find the role with several texts that a field plays in `news`, by either name."""
    return next((role for role in LISTED_ROLES if name in (role, *FIELDS_OF_ROLES[role])), None)


def _occurs(rule: type[Rule], name: str) -> bool:
    """Check if a field occurs in any example of a rule, at any depth."""
    files = (example_files(example) for example in rule.examples)
    roots = (
        root
        for each in files
        for path, text in each.items()
        for root in read_document(path, encode(text), Reader()).roots
    )
    return any(_has(root, name) for root in roots)


def _has(record: Value, name: str) -> bool:
    """Check if a record or one of its related entries has a field."""
    related = record.get("related")
    entries = [] if related is None else [entry for _, entry in related.items()]
    return any(value.find(f"/{name}") is not None for value in (record, *entries))


def _schema_fields() -> set[str]:
    """List the fields of the schema `news`, those inside other fields as `provider/name`."""
    schema: Mapping[str, Any] = NEWS.schema.json_schema() if NEWS.schema else {}
    fields = set(schema["properties"])
    for name, field in schema["properties"].items():
        inner = schema["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
        fields |= {f"{name}/{each}" for each in inner.get("properties", ())}
    return fields
