"""The diagnostics that an archive already has, so that only new ones count.

A baseline holds a token for each of them: the first five characters of the URL-safe Base64 of
BLAKE2b, four bytes long, of the diagnostic's fingerprint, which makes 30 bits. A diagnostic is let
pass where its rule has its token. So where a rule has n tokens, a new diagnostic is taken for one
of them with odds of n / 2**30: one in a million for 1,000 tokens, one in 6,700 for 160,000.

Tokens are kept by cause, which gives the file its lines. Causes decide nothing: what one is called
depends on other records, and a fingerprint does not.
"""

import base64
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.rules.meta.rule_crashed import RuleCrashed

_FIT = re.compile(r"[^\s#]\S*:[\w.-]+", re.ASCII)
"""The name of a cause as a line of the file can hold it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Diagnostics that a run lets pass.

    Attributes:
        causes: The tokens of the diagnostics of each cause, by the cause's name.
    """

    causes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_diagnostics(cls, diagnostics: Iterable[Diagnostic]) -> "Baseline":
        """Return the baseline that lets `diagnostics` pass, but for rules that failed."""
        return cls.merge(
            (_cause(each), {baseline_token(each)})
            for each in diagnostics
            if each.rule != RuleCrashed.id
        )

    @classmethod
    def merge(cls, causes: Iterable[tuple[str, Collection[str]]]) -> "Baseline":
        """Return the baseline of causes, which may repeat, with their tokens."""
        united: dict[str, set[str]] = {}
        for cause, tokens in causes:
            united.setdefault(cause, set()).update(tokens)
        return cls({cause: frozenset(tokens) for cause, tokens in united.items()})

    def __len__(self) -> int:
        """Return for how many diagnostics there is a token."""
        return sum(map(len, self.causes.values()))

    def __or__(self, other: "Baseline") -> "Baseline":
        """Return what is in either."""
        return self.merge([*self.causes.items(), *other.causes.items()])

    @property
    def by_rule(self) -> dict[str, set[str]]:
        """The tokens of each rule."""
        rules: dict[str, set[str]] = {}
        for cause, tokens in self.causes.items():
            rules.setdefault(_rule(cause), set()).update(tokens)
        return rules

    def subtract(self, others: Mapping[str, AbstractSet[str]]) -> "Baseline":
        """Return this baseline without other tokens, which are given by rule."""
        return self._mapped(lambda rule, tokens: tokens - others.get(rule, frozenset()))

    def restrict_to(self, rules: Collection[str]) -> "Baseline":
        """Return what belongs to `rules`."""
        return self._mapped(lambda rule, tokens: tokens if rule in rules else frozenset())

    def _mapped(self, keep: Callable[[str, frozenset[str]], frozenset[str]]) -> "Baseline":
        """Return what `keep` leaves of the tokens of each cause, given its rule."""
        kept = ((cause, keep(_rule(cause), tokens)) for cause, tokens in self.causes.items())
        return Baseline({cause: tokens for cause, tokens in kept if tokens})


class BaselineResult(NamedTuple):
    """What a baseline makes of a report.

    Attributes:
        report: The report without what is let pass.
        baselined: What is let pass, in the order of the report.
        stale: What of the baseline no longer occurs.
    """

    report: Report
    baselined: tuple[Diagnostic, ...]
    stale: Baseline


def baseline_token(diagnostic: Diagnostic) -> str:
    """Return the token of a diagnostic: five characters that stand for its fingerprint."""
    name = diagnostic.fingerprint.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(blake2b(name, digest_size=4).digest())[:5].decode()


def _cause(diagnostic: Diagnostic) -> str:
    """Return the name of a diagnostic's cause, made fit for a line of the file where need be."""
    rule, cause = diagnostic.rule, diagnostic.cause
    if _rule(cause) == rule and _FIT.fullmatch(cause):
        return cause
    digest = blake2b(cause.encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{rule}:{digest.hexdigest()}"


def _rule(cause: str) -> str:
    """Return the rule that the name of a cause starts with."""
    return cause.rpartition(":")[0]


def apply_baseline(report: Report, baseline: Baseline, judged: Collection[str]) -> BaselineResult:
    """Return what `baseline` makes of `report`.

    Args:
        report: What was found, without what comments silence.
        baseline: What to let pass; never that a rule failed.
        judged: The rules of which the report holds all there is. Of other rules nothing can be said
            to occur no longer.
    """
    if not baseline:
        return BaselineResult(report, (), baseline)
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
    stale = baseline.subtract(occurring).restrict_to(judged)
    left = replace(
        report, diagnostics=tuple(new), baselined=len(baselined), stale_baseline=len(stale)
    )
    return BaselineResult(left, tuple(baselined), stale)


def find_stale(baseline: Baseline, found: Baseline, judged: Collection[str]) -> Baseline:
    """Return what of `baseline` no longer occurs.

    Args:
        baseline: What was let pass so far.
        found: What is there now.
        judged: The rules of which `found` holds all there is.
    """
    return baseline.subtract(found.by_rule).restrict_to(judged)


def update_baseline(baseline: Baseline, found: Baseline, judged: Collection[str]) -> Baseline:
    """Return what is there now, and what of `baseline` cannot be judged; arguments as above."""
    stale = find_stale(baseline, found, judged)
    return found | baseline.subtract(found.by_rule).subtract(stale.by_rule)
