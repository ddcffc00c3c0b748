"""The rule `provider-name-mismatch`."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Bad,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    Safety,
    Severity,
    find_reference,
    quote_value,
    replace_value,
)

_PROVIDER = "webUrl: https://example.org/{0}\nprovider: {{name: {1}, domain: example.org}}"


class ProviderNameMismatch(GroupRule):
    """One provider's domain has several names.

    The name that most descriptions use is the reference. Another name that many articles use is a
    second title of the same publisher and not reported, unless it is the domain, or differs from
    the reference only in case and punctuation.

    Why: the provider appears twice in every list of providers.

    Fix safety: unsafe; a company may publish several titles on one domain.
    """

    id = "provider-name-mismatch"
    severity = Severity.WARNING
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

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by the provider's domain."""
        domain = (mention.description.provider_domain or "").strip().lower()
        return (domain,) if domain else ()

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description with another name than the reference."""
        names = {_name(description) for description in group.descriptions} - {None}
        if len(names) < 2:  # noqa: PLR2004 # one name agrees with itself
            return
        reference = find_reference(group, _name, prefer_records=False)
        if reference is None:
            return
        accepted = self._accepted_names(group, str(reference.value))
        for description in group.descriptions:
            name = _name(description)
            if name is None or name in accepted:
                continue
            here, there = (
                description.target("provider/name"),
                reference.mention.target("provider/name"),
            )
            usual = quote_value(reference.value)
            found = self.flag(
                here,
                f"{group.key} is {quote_value(name)} here, {usual} in {reference.votes} of "
                f"{reference.total} mentions",
                cause=f"{group.key} {name}",
                related=((there, f"called {usual} here"),),
                fix=replace_value(here, str(reference.value), f"Call it {usual}", Safety.UNSAFE),
            )
            yield DescriptionDiagnostic(description, found)

    def _accepted_names(self, group: Group, usual: str) -> set[str]:
        """Collect the accepted names of a provider: the usual one and its other titles."""
        articles: dict[str, set[str]] = {}
        for description in group.descriptions:
            articles.setdefault(_name(description) or "", set()).add(description.article)
        variants = {_letters(usual), _letters(group.key)}
        return {usual} | {
            name
            for name, found in articles.items()
            if len(found) >= self.established and _letters(name) not in variants
        }


def _letters(name: str) -> str:
    """Reduce a name to its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, name.lower()))


def _name(description: Description) -> str | None:
    """Get a provider's name, with damaged text repaired."""
    name = description.provider_name
    return normalise_text(unquote(name)) if name else None
