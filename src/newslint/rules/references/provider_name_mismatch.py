"""The rule `provider-name-mismatch`."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from newslint.records.defects import repaired
from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Facts,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    Safety,
    Severity,
    reference,
    replace_value,
    shown,
)

_PROVIDER = "webUrl: https://example.org/{0}\nprovider: {{name: {1}, domain: example.org}}"


class ProviderNameMismatch(GroupRule):
    """One provider's domain goes with several names.

    The name that most mentions use is the reference. A second name that many articles go by is
    another title of the same house and left alone, unless it is the domain, or the reference in
    other letters.

    Why: one provider shows up twice in every list of providers.

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
        10, description="From how many articles on a second name is another title.", gt=1
    )

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Name the provider's domain."""
        domain = (mention.facts.provider_domain or "").strip().lower()
        return (domain,) if domain else ()

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each mention that calls the provider by another name."""
        names = {_name(facts) for facts in group.facts} - {None}
        if len(names) < 2:  # noqa: PLR2004 # one name agrees with itself
            return
        truth = reference(group, _name, records_decide=False)
        if truth is None:
            return
        titles = self._titles(group, str(truth.value))
        for facts in group.facts:
            name = _name(facts)
            if name is None or name in titles:
                continue
            here, there = facts.at("provider/name"), truth.mention.at("provider/name")
            found = self.flag(
                here,
                f"{group.key} is {shown(name)} here, {shown(truth.value)} in {truth.votes} of "
                f"{truth.total} mentions",
                cause=f"{group.key} {name}",
                related=((there, f"called {shown(truth.value)} here"),),
                fix=replace_value(
                    here, str(truth.value), f"Call it {shown(truth.value)}", Safety.UNSAFE
                ),
            )
            yield DescriptionDiagnostic(facts, found)

    def _titles(self, group: Group, usual: str) -> set[str]:
        """Return the names that a provider may go by: the usual one, and its other titles."""
        articles: dict[str, set[str]] = {}
        for facts in group.facts:
            articles.setdefault(_name(facts) or "", set()).add(facts.article)
        variants = {_letters(usual), _letters(group.key)}
        return {usual} | {
            name
            for name, found in articles.items()
            if len(found) >= self.established and _letters(name) not in variants
        }


def _letters(name: str) -> str:
    """Return the letters and digits of a name, in lower case."""
    return "".join(filter(str.isalnum, name.lower()))


def _name(facts: Facts) -> str | None:
    """Return a provider's name as readers should see it."""
    name = facts.provider_name
    return repaired(unquote(name)) if name else None
