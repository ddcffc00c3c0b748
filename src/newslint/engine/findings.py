"""From diagnostics of rules that compare mentions to findings, which are values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash, has_crashed, run_rule
from newslint.engine.results import Finding
from newslint.records import Description, Group, Mention, Target
from newslint.rules.api import DescriptionDiagnostic, Rule
from newslint.text import Location
from newslint.text.lazy_pattern import lazy_pattern

_PREFIX = lazy_pattern(r"(?:\0\d+)?(?:/[^/]+/\d+(?=/|\Z))?")

PART = 4096
"""Number of findings of a part of a judgement."""

T = TypeVar("T")

Rules = Mapping[bytes, Rule]
"""Rules by digest, each of a rule and its options (see `Ruleset.by_digest`)."""


class Judgement(NamedTuple):
    """The result of running rules on one group.

    Attributes:
        findings: The diagnostics.
        failed: Digests of the group's descriptions if a rule crashed on it; else empty.
    """

    findings: list[Finding]
    failed: frozenset[bytes] = frozenset()


NO_FINDINGS = Judgement([])


def attempt(name: bytes, rule: Rule, group: Group, action: Callable[[], T]) -> T | Judgement:
    """Run a part of a rule; if it raises an exception, return a judgement that reports it.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        group: The group that the part is about.
        action: The part.
    """
    try:
        return action()
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        found = crash(rule, group.mentions[0].target(), error)
        failed = frozenset(each.digest for each in group.descriptions)
        return Judgement([Places([group]).finding(name, found)], failed)


def crash_at(rules: Rules, description: Description, error: Exception) -> Judgement:
    """Create the judgement of a description at which rules crashed."""
    if not rules:
        return NO_FINDINGS
    digest = description.digest
    found = [
        Finding(name, crash(r, description.target(), error), digest) for name, r in rules.items()
    ]
    return Judgement(found, frozenset({digest}))


def merge_judgements(judgements: Iterable[Judgement]) -> Judgement:
    """Merge the judgements of parts of a group."""
    every = [each for each in judgements if each.findings or each.failed]
    findings = [finding for each in every for finding in each.findings]
    return Judgement(findings, frozenset().union(*(each.failed for each in every)))


def create_findings(name: bytes, found: Iterable[DescriptionDiagnostic]) -> list[Finding]:
    """Create findings from diagnostics about descriptions."""
    return [
        Finding(name, diagnostic, description.digest, except_in=except_in)
        for description, diagnostic, except_in in found
    ]


def run_rules(rules: Rules, subject: object, groups: list[Group]) -> Judgement:
    """Run rules on `subject`: a group, or all groups; `groups` lists them in both cases."""
    return merge_judgements(run_in_parts(rules, subject, groups))


def run_in_parts(rules: Rules, subject: object, groups: list[Group]) -> Iterator[Judgement]:
    """Run rules as `run_rules` does; yield the findings in parts, of which each can be written."""
    places = Places(groups)

    def first() -> Target:
        return groups[0].mentions[0].target()

    for name, rule in rules.items():
        found = run_rule(rule, subject, first)  # type: ignore[arg-type] # each has a `check`
        while part := [*islice(found, PART)]:
            failed = frozenset[bytes]()
            if has_crashed(each for each in part[-1:] if isinstance(each, Diagnostic)):
                failed = frozenset(each.digest for one in groups for each in one.descriptions)
            yield Judgement([places.finding(name, each) for each in part], failed)


class Places:
    """An index of the mentions in groups, to find the one that a diagnostic points into."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._known: dict[tuple[str, str], Mention] = {}

    def finding(self, rule: bytes, found: Diagnostic | DescriptionDiagnostic) -> Finding:
        """Create the finding for a diagnostic: relative to a description if it points into one."""
        if isinstance(found, DescriptionDiagnostic):
            description, diagnostic, except_in = found
            return Finding(rule, diagnostic, description.digest, except_in=except_in)
        location = found.location
        mention = self._at(location)
        if mention is None:  # the rule points at a place outside of the group
            return Finding(rule, found, path=location.path)
        pointer = location.pointer.removeprefix(mention.prefix)
        span = location.span.shift_lines(-mention.line)
        relative = found.replace(location=Location("", pointer, span))
        return Finding(rule, relative, mention.description.digest, mention.path, mention.prefix)

    def _at(self, location: Location) -> Mention | None:
        """Find the mention that contains a location."""
        path, prefix = location.path, prefix_of(location.pointer)
        return self._find(path, prefix) or self._find(path, "")

    def _find(self, path: str, prefix: str) -> Mention | None:
        """Find the mention at a place."""
        if len(self._groups) == 1:
            return self._groups[0].find_mention(path, prefix)
        if not self._known:
            every = (mention for each in self._groups for mention in each.mentions)
            self._known = {(each.path, each.prefix): each for each in every}
        return self._known.get((path, prefix))


def prefix_of(pointer: str) -> str:
    """Extract the pointer to a description from that of a value in it (see `Record.prefix`)."""
    found = _PREFIX.match(pointer)
    return found[0] if found else ""
