"""The base class of rules that judge verdicts on the addresses of links and images."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from newslint.diagnostics import Diagnostic, Severity
from newslint.records import Description, Group, Mention
from newslint.records.external_links import LINK_FIELDS, ExternalLink, external_links
from newslint.records.verdicts import State, Verdict
from newslint.rules.rule import DescriptionDiagnostic, Rule
from newslint.text.quoting import quote_value


class VerdictRule(Rule):
    """A rule that judges the verdict on an address, at each place that contains it.

    It runs only if there are verdicts (see `execution.known_verdicts`); rules never ask the
    network.

    Attributes:
        on_images: Whether it checks only images (True), only links (False), or both (None).
        states: The states that it may report.
    """

    examines_files = False
    fields_read = frozenset({"links", "pictures", *LINK_FIELDS})
    on_images: ClassVar[bool | None] = None
    states: ClassVar[frozenset[State]] = frozenset()

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by the canonical address of each link and image."""
        return [link.address for link in external_links(mention.description)]

    def examines(self, description: Description) -> bool:
        """Check if the description has such links or images."""
        return any(map(self._is_concerned, external_links(description)))

    def concerns(self, verdict: Verdict) -> bool:
        """Check if the rule may report an address with this verdict."""
        return verdict.state in self.states

    def check(self, group: Group, verdict: Verdict) -> Iterator[DescriptionDiagnostic]:
        """Yield the problems of an address at its places.

        Args:
            group: All mentions that contain the address, which is the key.
            verdict: The verdict.
        """
        for description in group.descriptions:
            for link in external_links(description):
                if link.address == group.key and self._is_concerned(link):
                    found = self.judge(link, verdict)
                    if found is not None:
                        yield DescriptionDiagnostic(description, found)

    def judge(self, link: ExternalLink, verdict: Verdict) -> Diagnostic | None:
        """Create the diagnostic for one place of an address; None if there is no problem."""
        raise NotImplementedError

    def _is_concerned(self, link: ExternalLink) -> bool:
        """Check if the rule is about images or links like this one."""
        return self.on_images in (None, link.is_image)


class GoneRule(VerdictRule):
    """A rule that reports addresses that are gone: as `info` until that is confirmed."""

    states = frozenset({State.GONE})
    noun: ClassVar[str]

    def judge(self, link: ExternalLink, verdict: Verdict) -> Diagnostic:
        """Create the diagnostic for a place of an address that is gone."""
        last, first = verdict.time.date(), (verdict.since or verdict.time).date()
        shown = quote_value(link.url)
        if verdict.is_confirmed:
            message = f"the {self.noun} is gone: {shown}, {verdict.problem} since {first}"
        else:
            message = (
                f"the {self.noun} may be gone: {shown}, {verdict.problem} on {last}, "
                "which a later probe has to confirm"
            )
        found = self.flag(link.field.target(), message, cause=link.address, identity=link.address)
        return found if verdict.is_confirmed else found.replace(severity=Severity.INFO)
