"""The rule `inconsistent-term`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from newslint.records.name_tables import singular
from newslint.rules.api import (
    AggregateRule,
    Bad,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Mention,
    Safety,
    Severity,
    Target,
    quote_value,
    replace_value,
)

_SEPARATORS = re.compile(r"[\s_-]+")
_INDEX = re.compile(r"/\d+$")
_MANY = tuple(f"title: {name}\ntags: [Linux, news]" for name in "ABC")


class TermUse(NamedTuple):
    """The use of one spelling of a term.

    Attributes:
        records: Number of records with it.
        first: Its first place.
    """

    records: int
    first: tuple[tuple[str, int, int], Target]


class UsualSpelling(NamedTuple):
    """The spelling that most records use.

    Attributes:
        text: The spelling.
        example: Its first place.
    """

    text: str
    example: Target


class InconsistentTerm(AggregateRule):
    """A tag, topic, category or author is spelt in another way than in most records.

    Spellings differ in case, or in blanks, hyphens and underscores: `Linux` and `linux`. The
    spelling that most records use is the reference; without a majority, nothing is reported.
    The fields are those that play the role `terms`; `tag` and `tags` are one field.

    Why: the site has two pages for one tag, and each lists a part of the records.

    Fix safety: unsafe; the address of the tag's page may change.
    """

    id = "inconsistent-term"
    severity = Severity.WARNING
    roles = ("terms",)
    fields_read = frozenset({"terms"})
    compares = True
    examples = (
        Bad(
            "title: D\ntags: [linux, news]",
            *_MANY,
            fixed="title: D\ntags: [Linux, news]",
        ),
        Good(*_MANY, "title: D\ntags: [Linux kernel, new]"),
    )

    least: int = Field(
        3, description="Minimum number of records that make a spelling the reference.", gt=1
    )

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by field and term, without case and separators."""
        if mention.is_record:
            fields = mention.description.located("terms")
            yield from {_key(field.pointer, field.text) for _, field in fields}

    def measure(self, group: Group) -> dict[str, TermUse]:
        """Measure how much each spelling of one term is used."""
        records: Counter[str] = Counter()
        firsts: dict[str, tuple[Description, list[str]]] = {}
        for description in group.descriptions:  # in the order of their first mentions
            for name, field in description.located("terms"):
                if _key(field.pointer, field.text) == group.key:
                    records[field.text] += group.count_mentions(description)
                    first, names = firsts.setdefault(field.text, (description, []))
                    if first is description:
                        names.append(name)
        return {
            text: TermUse(number, _locate(group, *firsts[text])) for text, number in records.items()
        }

    def merge(self, statistics: Iterable[dict[str, TermUse]]) -> dict[str, TermUse]:
        """Add up the use of each spelling."""
        merged: dict[str, TermUse] = {}
        for text, use in chain.from_iterable(each.items() for each in statistics):
            merged[text] = _add(merged.get(text), use)
        return merged

    def finish(self, key: str, statistic: dict[str, TermUse]) -> UsualSpelling | None:
        """Find the spelling that most records use; None if there is no majority."""
        del key
        ordered = sorted(statistic, key=lambda text: (-statistic[text].records, text))
        counts = [statistic[text].records for text in ordered]
        if len(ordered) < 2 or counts[0] < self.least or counts[0] == counts[1]:  # noqa: PLR2004 # one spelling is consistent
            return None
        return UsualSpelling(ordered[0], statistic[ordered[0]].first[1])

    def check(
        self, key: str, description: Description, finished: UsualSpelling
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each other spelling in a record."""
        usual = quote_value(finished.text)
        for name, field in description.located("terms"):
            if _key(field.pointer, field.text) == key and field.text != finished.text:
                target = description.target(name)
                found = self.flag(
                    target,
                    f"{quote_value(target.value)} is spelt {usual} in most records",
                    cause=f"{key} {target.value}",
                    related=((finished.example, f"it is {usual} here"),),
                    fix=replace_value(
                        target, finished.text, f"Change the spelling to {usual}", Safety.UNSAFE
                    ),
                    identity=target.value,
                )
                yield DescriptionDiagnostic(description, found)


def _add(one: TermUse | None, other: TermUse) -> TermUse:
    """Add up the use of one spelling in two parts."""
    if one is None:
        return other
    return TermUse(one.records + other.records, min(one.first, other.first))


def _locate(
    group: Group, description: Description, names: Iterable[str]
) -> tuple[tuple[str, int, int], Target]:
    """Find the first of some fields of a description, in its first mention."""
    mention = group.first_mention([description])
    return mention.sort_key, min(map(mention.target, names))


@lru_cache(maxsize=16384)
def _key(pointer: str, text: str) -> str:
    """Compute the key of a term: its field in the singular, and its text in one form."""
    return f"{singular(_INDEX.sub('', pointer))} {_SEPARATORS.sub('-', text.strip().casefold())}"
