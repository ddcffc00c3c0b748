"""The rule `inconsistent-term`."""

import re
from collections.abc import Iterable, Iterator
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
            yield from {_key(target) for target in _terms(mention.description)}

    def measure(self, group: Group) -> dict[str, TermUse]:
        """Measure how much each spelling of one term is used."""
        found: dict[str, TermUse] = {}
        for description in group.descriptions:
            mention = group.first_mention([description])
            for name, target in _named_terms(description):
                if _key(target) == group.key:
                    first = (mention.sort_key, mention.target(name))
                    use = TermUse(group.count_mentions(description), first)
                    found[target.value] = _add(found.get(target.value), use)
        return found

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
        for target in _terms(description):
            if _key(target) == key and target.value != finished.text:
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


def _named_terms(description: Description) -> Iterator[tuple[str, Target]]:
    """Yield the name and target of each term in a description."""
    return ((name, description.target(name)) for name in description.names_of("terms"))


def _terms(description: Description) -> Iterator[Target]:
    """Yield the target of each term in a description."""
    return (target for _, target in _named_terms(description))


def _key(target: Target) -> str:
    """Compute the key of a term: its field in the singular, and its text in one form."""
    text = _SEPARATORS.sub("-", target.value.strip().casefold())
    field = singular(_INDEX.sub("", target.location.pointer))
    return f"{field} {text}"
