"""Fields and values that are rare beside common ones, and so are probably mistakes.

A draft leaves them out of its schema, so that `newslint check` reports them.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from newslint.cli.init.field_map import Record
from newslint.records.schema.formats import parse_date_text

_MIN_COMMON = 20
"""Number of records with a common field."""
_MIN_DATES = 10
"""Number of dates beside which another value is a mistake, though there are few."""
_MIN_HINT = 5
"""Number of records with a field from which a rare field of a similar name deserves a hint."""
_RARE = 0.02
_MAX_KEY = 50
_MAX_WORDS = 5
_SHORT, _LONG = 4, 7
_ODD_BESIDE: Mapping[str, frozenset[str]] = {
    "date": frozenset({"text", "flag", "number", "list", "mapping"}),
    "flag": frozenset({"text", "number", "list", "mapping"}),
    "list": frozenset({"flag", "number", "mapping"}),
    "headline": frozenset({"date", "flag", "number", "list", "mapping"}),
    "number": frozenset({"flag", "list", "mapping"}),
}
"""By the common kind of values of a field: kinds that are mistakes if they are rare."""


class Suspects(NamedTuple):
    """Suspected mistakes in records.

    Attributes:
        fields: Rare fields, each with the common one of a similar name; empty for a text that is
            no name.
        values: Fields with rare values of another kind.
        required: Fields that nearly all records have and the others need.
        hints: Sentences about rare fields whose names look like mistakes, but which are in the
            schema because there are too few records.
    """

    fields: Mapping[str, str] = {}
    values: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def clean(self, records: Iterable[Record], kinds: Mapping[str, str]) -> list[Record]:
        """Copy records without suspected fields and values.

        Args:
            records: The records.
            kinds: The common kind of the values of each field.
        """
        return [
            {
                name: value
                for name, value in record.items()
                if name not in self.fields
                and not (name in self.values and _kind(value) in _ODD_BESIDE[kinds[name]])
            }
            for record in records
        ]


def find_suspects(
    records: Sequence[Record], titles: Iterable[str], needed: Iterable[str]
) -> tuple[Suspects, list[Record]]:
    """Find suspected mistakes.

    Args:
        records: The records.
        titles: Fields with headlines.
        needed: Fields that each record needs if nearly all have them.

    Returns:
        The mistakes, and the records without them.
    """
    counts = Counter(str(name) for record in records for name in record)
    fields = _misspelt_fields(records, counts, _MIN_COMMON)
    similar = _misspelt_fields(records, counts, _MIN_HINT)
    hints = tuple(
        f"{name} ({counts[name]:,}) looks like {near} ({counts[near]:,})"
        for name, near in similar.items()
        if name not in fields
    )
    kinds = {name: kind for name in counts if (kind := _common_kind(records, name, titles))}
    values = frozenset(name for name, kind in kinds.items() if _has_rare(records, name, kind))
    required = tuple(
        name
        for name in needed
        if counts[name] >= _MIN_COMMON
        and 0 < len(records) - counts[name] <= _limit(len(records))
        and name not in fields.values()
    )
    suspects = Suspects(fields, values, required, hints)
    return suspects, suspects.clean(records, kinds)


def _limit(count: int) -> int:
    """Compute the number up to which something is rare beside `count` others."""
    return max(1, int(_RARE * count))


def _misspelt_fields(
    records: Sequence[Record], counts: Mapping[str, int], least: int
) -> dict[str, str]:
    """Map each rare field to the field of a similar name that `least` records have, but not its."""
    common = [name for name, count in counts.items() if count >= least]
    found = {}
    for name, count in counts.items():
        if len(name) > _MAX_KEY or len(name.split()) > _MAX_WORDS:
            found[name] = ""
            continue
        near = (
            other for other in common if count <= _limit(counts[other]) and _are_near(name, other)
        )
        for other in near:
            if not any(name in record and other in record for record in records):
                found[name] = other
                break
    return found


def _are_near(one: str, other: str) -> bool:
    """Check if two different names are so similar that one may be a mistake for the other."""
    plain, wanted = (name.lower().replace("-", "").replace("_", "") for name in (one, other))
    if plain == wanted:
        return one != other
    length = min(len(plain), len(wanted))
    allowed = (length >= _SHORT) + (length >= _LONG)
    return abs(len(plain) - len(wanted)) <= allowed and _distance(plain, wanted) <= allowed


def _distance(one: str, other: str) -> int:
    """Count the insertions, deletions, replacements and swaps that turn one text into another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, char in enumerate(one):
        last, before = before, row
        row = [index + 1]
        for at, wanted in enumerate(other):
            cost = min(before[at] + (char != wanted), before[at + 1] + 1, row[at] + 1)
            if index and at and char == other[at - 1] and one[index - 1] == wanted:
                cost = min(cost, last[at - 1] + 1)
            row.append(cost)
    return row[-1]


def _kind(value: Any) -> str:
    """Determine the kind of a value; empty for none."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, datetime.date):
        return "date"
    if isinstance(value, str):
        is_date = parse_date_text(value) is not None
        return "" if not value.strip() else "date" if is_date else "text"
    kinds = ((int | float, "number"), (list, "list"), (dict, "mapping"))
    return next((kind for type_, kind in kinds if isinstance(value, type_)), "")


def _common_kind(records: Sequence[Record], name: str, titles: Iterable[str]) -> str:
    """Determine the kind that nearly all values of a field have; empty if there is none."""
    kinds = Counter(filter(None, (_kind(record.get(name)) for record in records)))
    if not kinds:
        return ""
    [(kind, count)] = kinds.most_common(1)
    if count < (_MIN_DATES if kind == "date" else _MIN_COMMON) or kinds.total() - count > _limit(
        count
    ):
        return ""
    return "headline" if kind == "text" and name in titles else kind


def _has_rare(records: Sequence[Record], name: str, kind: str) -> bool:
    """Check if a field has values that are mistakes beside those of its common kind."""
    odd = _ODD_BESIDE.get(kind, frozenset())
    return any(_kind(record.get(name)) in odd for record in records)
