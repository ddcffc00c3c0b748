"""Plain scalars whose source text matters to a schema: dates, and those of two readings.

Parsers of two versions of a syntax read `1e3` or `014` differently. The schema judges both values:
a scalar is reported if the schema allows only one of them, or two different numbers but no text.
"""

from collections import abc
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from types import MappingProxyType
from typing import Any, NamedTuple

from newslint.records.schema.problems import SchemaKind, SchemaProblem, field_name
from newslint.syntax import Value
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.readings import Readings, find_readings, may_differ
from newslint.syntax.redaction import SECURED
from newslint.syntax.style import is_literal
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.text.pointer import join_pointer
from newslint.text.quoting import quote_value

Keys = tuple[str | int, ...]
DateTexts = abc.Mapping[Keys, str]
"""The source text of each date, by the keys that lead to it."""

NO_DATES: DateTexts = MappingProxyType({})

_FIRST_CHARACTERS = frozenset("yYnN-+.0123456789")
"""The first characters of texts that have two readings."""

_SMALL = 1_000_000_000
"""Integers below it are compared with their source text, which is faster than the pattern."""

_TEXT = "text"
"""A text that is neither a number nor a date."""


class PlainScalars(NamedTuple):
    """The plain scalars of a value that need its source text.

    Attributes:
        dates: The source texts of dates.
        readings: The readings of those that two versions of a syntax read differently.
    """

    dates: dict[Keys, str]
    readings: dict[Keys, Readings]


def find_plain_scalars(value: Value, skipped: str | None = None) -> PlainScalars:
    """Find the dates in a value, and the plain scalars of two readings, except secret ones.

    Args:
        value: The front matter, or a part of it.
        skipped: The key of a list that is left out.
    """
    found = PlainScalars({}, {})
    for keys, scalar, text in _scalars(value, skipped):
        if isinstance(scalar.value, date | time):
            found.dates[keys] = text
        elif SECURED not in keys and (readings := find_readings(text)):
            found.readings[keys] = readings
    return found


def _scalars(value: Value, skipped: str | None) -> Iterator[tuple[Keys, Scalar, str]]:
    """Yield keys, node and source text of each scalar that may matter.

    The loop over the children runs without function calls for most of them: an archive contains
    millions.
    """
    stack: list[tuple[Keys, str, Node]] = [((), value.fragment.source.text, value.node)]
    while stack:
        keys, text, node = stack.pop()
        if isinstance(node, PlacedFragment):
            text, node = node.fragment.source.text, node.fragment.node
        node = dereference(node)
        if isinstance(node, Scalar) and _may_matter(node, text):
            yield keys, node, _source_text(node, text)
        for key, child in _children(node):
            if type(child) is Scalar:
                content = child.value
                if type(content) is str and content[:1] not in _FIRST_CHARACTERS:
                    continue
                if content is True or content is False or not _may_matter(child, text):
                    continue
            elif key == skipped and not keys and isinstance(dereference(child), Sequence):
                continue
            stack.append(((*keys, key), text, child))


def _source_text(scalar: Scalar, text: str) -> str:
    """Extract the source of a scalar without blanks or quotes."""
    return text[scalar.start : scalar.end].strip(None if is_literal(scalar.style) else scalar.style)


def _children(node: Node) -> Iterable[tuple[str | int, Node]]:
    """List the key or index and the node of each child."""
    if isinstance(node, Mapping):
        return node.values.items()
    return enumerate(node.items) if isinstance(node, Sequence) else ()


def _may_matter(scalar: Scalar, text: str) -> bool:
    """Check if a scalar is a date or may have two readings."""
    value = scalar.value
    if type(value) is int and -1 <= value < _SMALL:
        source = text[scalar.start : scalar.end]
        if source == str(value):  # no leading zero, so there is one reading
            return False
    if isinstance(value, date | time):
        return True
    if scalar.style or scalar.tagged or value is None or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return may_differ(value)
    return may_differ(text, scalar.start, scalar.end)


def replace_values(value: Any, replacements: abc.Mapping[Keys, Any]) -> Any:
    """Copy a value with other values at some keys."""
    if not replacements:
        return value
    if () in replacements:
        return replacements[()]
    inside: dict[str | int, dict[Keys, Any]] = {}
    for (first, *rest), new in replacements.items():
        inside.setdefault(first, {})[tuple(rest)] = new
    copy = value.copy()
    for key, each in inside.items():
        copy[key] = replace_values(value[key], each)
    return copy


def judge_readings(
    check: Callable[[Any], tuple[SchemaProblem, ...]],
    fields: Any,
    readings: abc.Mapping[Keys, Readings],
) -> tuple[SchemaProblem, ...]:
    """Check fields against a schema, and warn of scalars that another parser reads differently.

    Args:
        check: Checks fields against the schema.
        fields: The fields, as plain Python.
        readings: The readings of plain scalars in `fields`.
    """
    problems = check(fields)
    if not readings:
        return problems
    others = check(replace_values(fields, {keys: each.other for keys, each in readings.items()}))
    texts = check(replace_values(fields, dict.fromkeys(readings, _TEXT)))
    ambiguous = []
    for keys, each in readings.items():
        found = (_problems_at(keys, some) for some in (problems, others, texts))
        if _is_ambiguous(each, *found):
            ambiguous.append(_ambiguous(keys, each, problems))
    replaced = {each.pointer for each in ambiguous}
    kept = (each for each in problems if not (_is_wrong(each) and each.pointer in replaced))
    return (*kept, *ambiguous)


def _problems_at(keys: Keys, problems: Iterable[SchemaProblem]) -> list[SchemaProblem]:
    """List the problems of the value at `keys`."""
    pointer = join_pointer("", *keys)
    return [each for each in problems if each.pointer == pointer]


def _is_wrong(problem: SchemaProblem) -> bool:
    """Check if a problem is a wrong type."""
    return problem.kind is SchemaKind.WRONG_TYPE


def _is_ambiguous(
    readings: Readings,
    own: abc.Sequence[SchemaProblem],
    other: abc.Sequence[SchemaProblem],
    text: abc.Sequence[SchemaProblem],
) -> bool:
    """Check if a schema expects a text or a number at a place, and only one reading is right.

    Args:
        readings: The readings of the scalar.
        own: The problems of the value that newslint reads.
        other: The problems of the other value.
        text: The problems of a text that is no number.
    """
    if own:
        is_number = isinstance(readings.own, str) and not isinstance(readings.other, (str, bool))
        return is_number and any(map(_is_wrong, own)) and not other
    has_two_numbers = not isinstance(readings.own, str) and not isinstance(readings.other, str)
    return bool(other) or (has_two_numbers and any(map(_is_wrong, text)))


def _ambiguous(keys: Keys, readings: Readings, problems: Iterable[SchemaProblem]) -> SchemaProblem:
    """Create the problem of a scalar that is right in one of its readings only."""
    name = field_name(keys) or "the record"
    message = f"{name} is {quote_value(readings.text)}, {readings.explanation}"
    wants_text = isinstance(readings.own, str) and not _problems_at(keys, problems)
    pointer = join_pointer("", *keys)
    return SchemaProblem(
        SchemaKind.WRONG_TYPE, pointer, field_name(keys), message, wants_text, is_ambiguous=True
    )
