"""Baselines: the diagnostics that an archive already has, so that only new ones count.

A baseline contains a token for each diagnostic: the first five characters, or 30 bits, of the
URL-safe Base64 of the BLAKE2b digest of its fingerprint. A diagnostic is part of the baseline if
its rule has its token. If a rule has n tokens, a new diagnostic has one of them by chance with a
probability of n / 2**30: one in a million for 1,000 tokens, one in 6,700 for 160,000.

Tokens are grouped by cause, a line of the file each. Lookup ignores the cause: its name depends on
other records, and a fingerprint does not.

A token of an earlier version of fingerprints has the suffix `@` and that version. It is matched
with the fingerprint that a diagnostic had in that version, and replaced when the baseline is
rewritten. Tokens of rules that did not run keep their suffix, and match when the rules run again.
"""

import base64
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Report
from newslint.diagnostics.mapped_sequence import ComputingTuple
from newslint.engine.past_identity import IdentityVersion, past_fingerprints
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.text.lazy_pattern import lazy_pattern

_PAST = "@"
"""Separates a token from the version of its fingerprint, if that is an earlier one."""

_NAME = lazy_pattern(r"[^\s#]\S*:[\w.-]+", re.ASCII)
"""Names of causes that can be written in a line of the file."""


class Baseline(msgspec.Struct, frozen=True):
    """Diagnostics that a run lets pass.

    Attributes:
        causes: The tokens of the diagnostics of each cause, by the cause's name.
    """

    causes: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)

    @classmethod
    def from_diagnostics(cls, diagnostics: Iterable[Diagnostic]) -> "Baseline":
        """Create the baseline of diagnostics, without those of `rule-crashed`."""
        return cls.merge(
            (_cause_name(each), {baseline_token(each)})
            for each in diagnostics
            if each.rule != RuleCrashed.id
        )

    @classmethod
    def merge(cls, causes: Iterable[tuple[str, Collection[str]]]) -> "Baseline":
        """Create a baseline from causes with tokens; the tokens of equal causes are merged."""
        merged: dict[str, set[str]] = {}
        for cause, tokens in causes:
            merged.setdefault(cause, set()).update(tokens)
        return cls({cause: frozenset(tokens) for cause, tokens in merged.items()})

    def __len__(self) -> int:
        """Count the tokens."""
        return sum(map(len, self.causes.values()))

    def __or__(self, other: "Baseline") -> "Baseline":
        """Merge two baselines."""
        return self.merge([*self.causes.items(), *other.causes.items()])

    @property
    def by_rule(self) -> dict[str, set[str]]:
        """The tokens of the diagnostics of each rule, by rule id."""
        rules: dict[str, set[str]] = {}
        for cause, tokens in self.causes.items():
            rules.setdefault(_rule_of_cause(cause), set()).update(tokens)
        return rules

    def subtract(self, others: Mapping[str, AbstractSet[str]]) -> "Baseline":
        """Remove tokens, which are given by rule."""
        return self._filter(lambda rule, tokens: tokens - others.get(rule, frozenset()))

    def restrict_to(self, rules: Collection[str]) -> "Baseline":
        """Keep the tokens of `rules` only."""
        return self._filter(lambda rule, tokens: tokens if rule in rules else frozenset())

    def _filter(self, keep: Callable[[str, frozenset[str]], frozenset[str]]) -> "Baseline":
        """Filter the tokens of each cause with `keep`, which takes the rule and the tokens."""
        kept = (
            (cause, keep(_rule_of_cause(cause), tokens)) for cause, tokens in self.causes.items()
        )
        return Baseline({cause: tokens for cause, tokens in kept if tokens})

    @property
    def past_versions(self) -> set[IdentityVersion]:
        """The earlier versions of fingerprints that tokens are made of, if they are known."""
        tokens = frozenset().union(*self.causes.values())
        versions = {token.partition(_PAST)[2] for token in tokens} - {""}
        return {version for version in map(parse_version, versions) if version.is_known}

    def upgrade(self, diagnostics: Sequence[Diagnostic]) -> "Baseline":
        """Replace tokens of earlier versions by those of the diagnostics that have them.

        Tokens of diagnostics that were not found cannot be replaced, and stay as they are.
        """
        upgraded = self
        for version in sorted(self.past_versions):
            upgraded = upgraded._upgrade_from(version, diagnostics)
        return upgraded

    def _upgrade_from(
        self, version: IdentityVersion, diagnostics: Sequence[Diagnostic]
    ) -> "Baseline":
        """Replace tokens of one earlier version."""
        known = self.by_rule
        found: list[Diagnostic] = []
        replaced: dict[str, set[str]] = {}
        for each, name in zip(diagnostics, past_fingerprints(diagnostics, version), strict=True):
            token = mark_version(_token(name), version)
            if token in known.get(each.rule, ()):
                found.append(each)
                replaced.setdefault(each.rule, set()).add(token)
        return self.subtract(replaced) | self.from_diagnostics(found)


def parse_version(text: str) -> IdentityVersion:
    """Parse the version of fingerprints, `2` or `3.1`; URLs have version 1 if there is no dot."""
    values, _, urls = text.partition(".")
    return IdentityVersion(int(values), int(urls or 1))


def mark_version(token: str, version: IdentityVersion) -> str:
    """Add the version of its fingerprint to a token, unless that is the current version."""
    return token if version == IdentityVersion() else f"{token}{_PAST}{version}"


class BaselineResult(NamedTuple):
    """A report and its baselined diagnostics, separated.

    Attributes:
        report: The report without baselined diagnostics.
        baselined: The diagnostics that are part of the baseline, in the order of the report.
        stale: The tokens of the baseline that no longer occur.
    """

    report: Report
    baselined: tuple[Diagnostic, ...]
    stale: Baseline


def baseline_token(diagnostic: Diagnostic) -> str:
    """Digest the fingerprint of a diagnostic to five characters."""
    return _token(diagnostic.fingerprint)


def _token(fingerprint: str) -> str:
    """Digest a fingerprint to five characters."""
    name = fingerprint.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(blake2b(name, digest_size=4).digest())[:5].decode()


def _cause_name(diagnostic: Diagnostic) -> str:
    """Name the cause of a diagnostic so that a line of the file can contain it."""
    rule, cause = diagnostic.rule, diagnostic.cause
    if _rule_of_cause(cause) == rule and _NAME.fullmatch(cause):
        return cause
    digest = blake2b(cause.encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{rule}:{digest.hexdigest()}"


def _rule_of_cause(cause: str) -> str:
    """Extract the rule id from the name of a cause."""
    return cause.rpartition(":")[0]


def apply_baseline(
    report: Report,
    baseline: Baseline,
    complete_rules: Collection[str],
    unread: AbstractSet[str] = frozenset(),
) -> BaselineResult:
    """Separate the diagnostics of a report that are part of a baseline.

    Args:
        report: The report, without suppressed diagnostics.
        baseline: The baseline; tokens of `rule-crashed` in it are ignored.
        complete_rules: The rules of which the report contains all diagnostics of the project. Only
            tokens of these rules can be stale.
        unread: Files of the report that could not be read (see `find_complete_rules`).
    """
    if not baseline:
        return BaselineResult(report, (), baseline)
    baseline = baseline.upgrade(report.diagnostics)
    known = baseline.by_rule
    known.pop(RuleCrashed.id, None)
    baselined: list[Diagnostic] = []
    new: list[Diagnostic] = []
    occurring: dict[str, set[str]] = {}
    for each in report.diagnostics:
        token = baseline_token(each)
        if token in known.get(each.rule, ()):
            baselined.append(each)
            occurring.setdefault(each.rule, set()).add(token)
        else:
            new.append(each)
    complete_rules = find_complete_rules(complete_rules, unread, baseline, report.diagnostics)
    stale = baseline.subtract(occurring).restrict_to(complete_rules)
    left = replace(
        report, diagnostics=ComputingTuple(new), baselined=len(baselined), stale_baseline=len(stale)
    )
    return BaselineResult(left, tuple(baselined), stale)


def find_complete_rules(
    judged: Collection[str],
    unread: AbstractSet[str],
    baseline: Baseline,
    diagnostics: Iterable[Diagnostic],
) -> Collection[str]:
    """Find the rules whose tokens can be stale: none if a file was not read, else all.

    A token does not name its file, so all tokens may be those of the file. A file of which the
    baseline contains `unreadable-file` has no other tokens.

    Args:
        judged: The rules that ran on all files of the project.
        unread: The files that could not be read.
        baseline: The baseline so far, with tokens of the current version.
        diagnostics: The current diagnostics.
    """
    known = baseline.by_rule.get(UnreadableFile.id, set[str]())
    accepted = {
        each.path
        for each in diagnostics
        if each.rule == UnreadableFile.id and baseline_token(each) in known
    }
    return judged if unread <= accepted else frozenset()


def find_stale(baseline: Baseline, found: Baseline, complete_rules: Collection[str]) -> Baseline:
    """Find the tokens of a baseline that no longer occur.

    Args:
        baseline: The baseline so far.
        found: The baseline of the current diagnostics.
        complete_rules: The rules of which `found` contains all diagnostics of the project.
    """
    return baseline.subtract(found.by_rule).restrict_to(complete_rules)


def update_baseline(
    baseline: Baseline, found: Baseline, complete_rules: Collection[str]
) -> Baseline:
    """Merge the current diagnostics with the tokens that may still occur.

    While there are such tokens, new diagnostics of `unreadable-file` are not added, because the
    tokens may be those of these files. The arguments are those of `find_stale`.
    """
    stale = find_stale(baseline, found, complete_rules)
    if len(stale) < len(baseline.subtract(found.by_rule)):
        known = baseline.by_rule.get(UnreadableFile.id, set[str]())
        added = found.by_rule.get(UnreadableFile.id, set[str]()) - known
        found = found.subtract({UnreadableFile.id: added})
    return found | baseline.subtract(found.by_rule).subtract(stale.by_rule)
