"""The rule `provider-name-mismatch`."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from newslint.records.group import LONG_AGO
from newslint.records.text_comparison import normalise_text
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

_PROVIDER = "webUrl: https://example.org/{0}\nprovider: {{name: {1}, domain: example.org}}"


class NameUse(NamedTuple):
    """The use of one name of a provider.

    Attributes:
        mentions: Number of mentions with it.
        articles: Articles with it, up to the number that makes a name established.
        newest: Date of the newest article with it.
        first: Its first mention.
    """

    mentions: int
    articles: tuple[str, ...]
    newest: datetime
    first: tuple[tuple[str, int, int], Target]


class UsualName(NamedTuple):
    """The names that a provider may have.

    Attributes:
        name: The name in most mentions.
        accepted: This name, and those of other titles.
        example: The first mention with this name.
    """

    name: str
    accepted: tuple[str, ...]
    example: Target


class ProviderNameMismatch(AggregateRule):
    """One provider's domain has several names.

    The name that most mentions use is the reference; in a tie, that of the newest article. Another
    name that many articles use is a second title of the same publisher and not reported, unless it
    is the domain, or differs from the reference only in case and punctuation.

    Why: the provider appears twice in every list of providers.

    Fix safety: unsafe; a company may publish several titles on one domain.
    """

    id = "provider-name-mismatch"
    severity = Severity.WARNING
    roles = ("provider-name", "provider-domain")
    reads = "provider/name"
    fields_read = frozenset({"provider_name", "provider/name"})
    compares = True
    examples = (
        Bad(
            _PROVIDER.format("c", "Exmaple"),
            _PROVIDER.format("a", "Example"),
            _PROVIDER.format("b", "Example"),
            fixed=_PROVIDER.format("c", "Example"),
        ),
        Good(_PROVIDER.format("a", "Example"), _PROVIDER.format("b", "Example")),
    )

    established: int = Field(
        10, description="Minimum number of articles that make another name a second title.", gt=1
    )

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by the provider's domain."""
        domain = (mention.description.provider_domain or "").strip().lower()
        return (domain,) if domain else ()

    def measure(self, group: Group) -> dict[str, NameUse]:
        """Measure how much each name is used."""
        by_name: dict[str, list[Description]] = {}
        for description in group.descriptions:
            name = _name(description)
            if name is not None:
                by_name.setdefault(name, []).append(description)
        return {name: self._measure(group, found) for name, found in by_name.items()}

    def _measure(self, group: Group, descriptions: list[Description]) -> NameUse:
        """Measure how much one name is used."""
        first = group.first_mention(descriptions)
        return NameUse(
            sum(map(group.count_mentions, descriptions)),
            self._restrict({description.article for description in descriptions}),
            max(description.published_at or LONG_AGO for description in descriptions),
            (first.sort_key, first.target("provider/name")),
        )

    def merge(self, statistics: Iterable[dict[str, NameUse]]) -> dict[str, NameUse]:
        """Add up the use of each name."""
        merged: dict[str, NameUse] = {}
        for name, use in chain.from_iterable(each.items() for each in statistics):
            known = merged.get(name)
            merged[name] = use if known is None else self._add(known, use)
        return merged

    def _add(self, one: NameUse, other: NameUse) -> NameUse:
        """Add up the use of one name in two parts."""
        return NameUse(
            one.mentions + other.mentions,
            self._restrict({*one.articles, *other.articles}),
            max(one.newest, other.newest),
            min(one.first, other.first),
        )

    def _restrict(self, articles: set[str]) -> tuple[str, ...]:
        """Restrict articles to as many as make a name established."""
        return tuple(sorted(articles)[: self.established])

    def finish(self, key: str, statistic: dict[str, NameUse]) -> UsualName | None:
        """Find the usual name of a provider and its other titles; None if all names agree."""
        if len(statistic) < 2:  # noqa: PLR2004 # one name agrees with itself
            return None
        usual = max(
            statistic, key=lambda name: (statistic[name].mentions, statistic[name].newest, name)
        )
        variants = {_letters(usual), _letters(key)}
        accepted = {usual} | {
            name
            for name, use in statistic.items()
            if len(use.articles) >= self.established and _letters(name) not in variants
        }
        return UsualName(usual, tuple(sorted(accepted)), statistic[usual].first[1])

    def check(
        self, key: str, description: Description, finished: UsualName
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for a description with another name."""
        name = _name(description)
        if name is None or name in finished.accepted:
            return
        here, usual = description.target("provider/name"), quote_value(finished.name)
        found = self.flag(
            here,
            f"the name of {key} is {quote_value(name)}, but {usual} in most mentions",
            cause=f"{key} {name}",
            related=((finished.example, f"the name is {usual} here"),),
            fix=replace_value(here, finished.name, f"Change the name to {usual}", Safety.UNSAFE),
        )
        yield DescriptionDiagnostic(description, found)


def _letters(name: str) -> str:
    """Reduce a name to its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, name.lower()))


def _name(description: Description) -> str | None:
    """Get a provider's name, with damaged text repaired."""
    name = description.provider_name
    return normalise_text(unquote(name)) if name else None
