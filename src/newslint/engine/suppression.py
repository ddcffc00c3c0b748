"""Suppression of diagnostics by comments, and diagnostics about the comments themselves."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import Document, SuppressionComment
from newslint.rules.api import Rule
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unknown_suppression import UnknownSuppression
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.rules.verdict_rule import VerdictRule
from newslint.settings import Registry, UnknownNameError
from newslint.text import Span

_MAX_INDEXED_LINES = 64
"""A comment that covers more lines than this is indexed by rule, not by line."""

_MAX_UNKNOWN_NAMES = 1000
"""Upper limit of `unknown-suppression` diagnostics in one file."""

_ABOUT_COMMENTS = (UnknownSuppression.id, UnusedSuppression.id)


class FileSuppressions(NamedTuple):
    """The suppression comments of one file.

    Attributes:
        directives: The comments; at least one.
        is_parsed: The front matter could be parsed, so that rules saw all of it.
    """

    directives: tuple[SuppressionComment, ...]
    is_parsed: bool

    @classmethod
    def from_document(cls, document: Document) -> "FileSuppressions | None":
        """Collect the suppression comments of a document; None if it has none."""
        if not document.suppression_comments:
            return None
        return cls(document.suppression_comments, bool(document.roots))


class Suppression(NamedTuple):
    """One name in a suppression comment, such as `mojibake` in `ignore[text, mojibake]`.

    Attributes:
        directive: The comment.
        position: The 0-based position of the name in the comment's list.
        rules: Ids of the rules that the name refers to; empty if it is unknown.
        required_rules: Those of `rules` that must have run before the name can be called unused.
    """

    directive: SuppressionComment
    position: int
    rules: frozenset[str]
    required_rules: frozenset[str]

    @property
    def scope(self) -> tuple[Span | None, frozenset[str]]:
        """The covered span and rules; names of equal scope suppress the same diagnostics."""
        return self.directive.covers, self.rules

    @property
    def breadth(self) -> tuple[bool, int, int]:
        """Sort key: the fewest lines first, and of equally many those that start furthest right."""
        covers = self.directive.covers
        if covers is None:
            return True, 0, 0
        return False, covers.end.line - covers.start.line, -covers.start.column

    def suppresses(self, diagnostic: Diagnostic) -> bool:
        """Check whether a diagnostic of the same file is suppressed."""
        covers = self.directive.covers
        start = diagnostic.location.span.start
        is_covered = covers is None or covers.start <= start < covers.end
        return is_covered and diagnostic.rule in self.rules


class SuppressionIndex:
    """The suppressions of a file, for lookup by line.

    A file may have a comment on each of thousands of lines, and most comments cover one line or a
    few; so looking one up does not scan all of them.

    Attributes:
        suppressions: All of them, the narrowest first.

    Args:
        directives: The comments of one file.
        registry: The rules and categories that they may name.
    """

    def __init__(self, directives: Iterable[SuppressionComment], registry: Registry) -> None:
        self.suppressions = sorted(
            (
                Suppression(directive, position, *_expand_name(name.text, registry))
                for directive in directives
                for position, name in enumerate(directive.names)
            ),
            key=lambda each: each.breadth,
        )
        self._by_line: dict[int, list[Suppression]] = {}
        self._by_rule: dict[str, list[Suppression]] = {}
        for suppression in {each.scope: each for each in reversed(self.suppressions)}.values():
            self._insert(suppression)
        for found in chain(self._by_line.values(), self._by_rule.values()):
            found.sort(key=lambda each: each.breadth)

    def _insert(self, suppression: Suppression) -> None:
        """Index a suppression by the lines that it covers or, if these are many, by its rules."""
        covers = suppression.directive.covers
        if covers is None or covers.end.line - covers.start.line > _MAX_INDEXED_LINES:
            for rule in suppression.rules:
                self._by_rule.setdefault(rule, []).append(suppression)
        elif suppression.rules:
            for line in range(covers.start.line, covers.end.line + 1):
                self._by_line.setdefault(line, []).append(suppression)

    def find(self, diagnostic: Diagnostic) -> Iterator[Suppression]:
        """Yield the suppressions of a diagnostic, the narrowest first, one for each scope."""
        near = self._by_line.get(diagnostic.location.span.start.line, ())
        broad = self._by_rule.get(diagnostic.rule, ())
        return (each for each in chain(near, broad) if each.suppresses(diagnostic))


class SuppressionResult(NamedTuple):
    """The effect of a file's suppression comments.

    Attributes:
        suppressions: The names in its comments.
        diagnostics: Diagnostics about the comments: unknown names, and unused ones.
    """

    suppressions: SuppressionIndex
    diagnostics: list[Diagnostic]

    def reason(self, diagnostic: Diagnostic) -> str | None:
        """Find the reason that the closest comment gives for suppressing a diagnostic.

        `rule-crashed` is never suppressed, because the diagnostics that the rule would have
        reported are unknown.

        Returns:
            The text after `--`, empty if there is none; None if the diagnostic is not suppressed.
        """
        if diagnostic.rule == RuleCrashed.id:
            return None
        suppression = next(self.suppressions.find(diagnostic), None)
        return None if suppression is None else suppression.directive.reason


def resolve_suppressions(  # noqa: PLR0913 # independent values
    path: str,
    file: FileSuppressions,
    found: Iterable[Diagnostic],
    rules: Mapping[str, Rule] | None,
    registry: Registry,
    *,
    report_unused: bool,
) -> SuppressionResult:
    """Match the comments of a file with its diagnostics, and report comments that are wrong.

    Args:
        path: The file.
        file: The file's comments.
        found: The file's diagnostics.
        rules: The rules that ran on the file, by id; None if not all of its rules ran.
        registry: The rules that comments may name.
        report_unused: Report names that suppress nothing. False if a rule failed: its diagnostics
            are missing, and a comment for them would look unused.
    """
    suppressions = SuppressionIndex(file.directives, registry)
    if rules is None:
        return SuppressionResult(suppressions, [])
    wrong = list(_unknown_names(path, file, rules, registry))
    if report_unused:
        used = {
            each.scope for diagnostic in (*found, *wrong) for each in suppressions.find(diagnostic)
        }
        unused = [each for each in suppressions.suppressions if each.scope not in used]
        wrong += _unused_names(path, file, unused, rules)
    return SuppressionResult(suppressions, wrong)


@lru_cache(maxsize=1024)
def _expand_name(name: str, registry: Registry) -> tuple[frozenset[str], frozenset[str]]:
    """Expand a rule or category to the ids of its rules, and of those that run by default.

    If none runs by default, the second set equals the first. An unknown name gives two empty sets,
    and so does `all`, which comments may not use.
    """
    try:
        rules = registry.expand(name) if name != "all" else []
    except UnknownNameError:
        rules = []
    ids = frozenset(rule.id for rule in rules)
    return ids, frozenset(rule.id for rule in rules if rule.default) or ids


def _unknown_names(
    path: str, file: FileSuppressions, rules: Mapping[str, Rule], registry: Registry
) -> Iterator[Diagnostic]:
    """Yield an `unknown-suppression` diagnostic for each name that is no rule or category."""
    rule = rules.get(UnknownSuppression.id)
    if not isinstance(rule, UnknownSuppression):
        return
    names = (name for directive in file.directives for name in directive.names)
    unknown = (name for name in names if not _expand_name(name.text, registry)[0])
    for name in islice(unknown, _MAX_UNKNOWN_NAMES):
        yield rule.flag_name(path, name, registry.suggest(name.text))


def _unused_names(
    path: str, file: FileSuppressions, unused: Iterable[Suppression], rules: Mapping[str, Rule]
) -> Iterator[Diagnostic]:
    """Yield an `unused-suppression` diagnostic for each comment with unused names.

    A name is reported only if all rules that it requires have run, and none of them judges
    verdicts, which become too old. If several comments suppress one diagnostic, all of them count
    as used, because none of them is more superfluous than the others.

    Args:
        path: The file.
        file: The file's comments.
        unused: Names that suppressed no diagnostic.
        rules: The rules that ran on the file, by id.
    """
    rule = rules.get(UnusedSuppression.id)
    if not isinstance(rule, UnusedSuppression) or not file.is_parsed:
        return
    ran = {name for name, each in rules.items() if not isinstance(each, VerdictRule)}
    positions: dict[Span, list[int]] = {}
    for each in unused:
        is_about_itself = rule.id in each.rules
        if each.rules and not is_about_itself and each.required_rules <= ran:
            positions.setdefault(each.directive.span, []).append(each.position)
    for directive in file.directives:
        if directive.span in positions:
            yield rule.flag_comment(path, directive, sorted(positions[directive.span]))


def assign_unique_cause(diagnostic: Diagnostic) -> Diagnostic:
    """Give a diagnostic about a comment a cause of its own: each comment needs its own repair.

    Diagnostics of other rules are returned unchanged.
    """
    if diagnostic.rule not in _ABOUT_COMMENTS:
        return diagnostic
    return diagnostic._replace(cause=f"{diagnostic.rule}:{diagnostic.fingerprint}")
