"""Which diagnostics comments silence, and which comments silence nothing."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import Directive, Document
from newslint.engine.checks import Checks
from newslint.engine.desk import Desk
from newslint.engine.identity import with_identity
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unknown_suppression import UnknownSuppression
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.settings import Registry, UnknownNameError
from newslint.text import Span

_FEW_LINES = 64
_MOST_UNKNOWN = 1000
"""Names of one file that are told to be unknown: nobody misspells more."""

_ABOUT_COMMENTS = (UnknownSuppression.id, UnusedSuppression.id)


class Commented(NamedTuple):
    """A file with comments that silence rules.

    Attributes:
        path: What it is called.
        record: URL of the article that it describes; empty where unknown.
        directives: The comments.
        is_examined: All rules looked at it, not only those that it may have gone wrong for because
            of other files.
        is_read: Its front matter could be read, so the rules could look at all of it.
    """

    path: str
    record: str
    directives: tuple[Directive, ...]
    is_examined: bool
    is_read: bool

    @classmethod
    def of(
        cls, document: Document, record: str = "", *, is_examined: bool = True
    ) -> "Commented | None":
        """Return what of `document` concerns comments; None where there are none.

        Args:
            document: The file.
            record: URL of the article that it describes; empty where unknown.
            is_examined: All rules looked at it.
        """
        if not document.directives:
            return None
        return cls(document.path, record, document.directives, is_examined, bool(document.roots))


class Silencer(NamedTuple):
    """One name in a directive, and what it silences.

    Attributes:
        directive: The comment.
        place: The name's 0-based place in its list.
        rules: The rules that the name stands for; none where it is unknown.
        expected: Those of them that must have run before it can be said to silence nothing.
    """

    directive: Directive
    place: int
    rules: frozenset[str]
    expected: frozenset[str]

    @property
    def what(self) -> tuple[Span | None, frozenset[str]]:
        """Where it silences what. Of names with this in common one will do to ask."""
        return self.directive.covers, self.rules

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Tell whether `diagnostic`, which is one of the same file, is silenced."""
        covers = self.directive.covers
        start = diagnostic.location.span.start
        is_covered = covers is None or covers.start <= start < covers.end
        return is_covered and diagnostic.rule in self.rules


class Silencers:
    """What the directives of a file silence.

    Most cover a line or a few, and a file may hold one on each line, so these are found by line.

    Args:
        directives: Those of one file.
        registry: The rules that they may name.
    """

    def __init__(self, directives: Iterable[Directive], registry: Registry) -> None:
        self.all = sorted(
            (
                Silencer(directive, place, *_rules_named(name.text, registry))
                for directive in directives
                for place, name in enumerate(directive.names)
            ),
            key=_breadth,
        )
        self._by_line: dict[int, list[Silencer]] = {}
        self._broad: dict[str, list[Silencer]] = {}
        for silencer in {each.what: each for each in reversed(self.all)}.values():
            self._enter(silencer)
        for found in chain(self._by_line.values(), self._broad.values()):
            found.sort(key=_breadth)

    def _enter(self, silencer: Silencer) -> None:
        """Take up a silencer by the lines that it covers, or, where these are many, by rule."""
        covers = silencer.directive.covers
        if covers is None or covers.end.line - covers.start.line > _FEW_LINES:
            for rule in silencer.rules:
                self._broad.setdefault(rule, []).append(silencer)
        elif silencer.rules:
            for line in range(covers.start.line, covers.end.line + 1):
                self._by_line.setdefault(line, []).append(silencer)

    def of(self, diagnostic: Diagnostic) -> Iterator[Silencer]:
        """Yield all that silence `diagnostic`, the narrowest first, one of a kind."""
        near = self._by_line.get(diagnostic.location.span.start.line, ())
        broad = self._broad.get(diagnostic.rule, ())
        return (each for each in chain(near, broad) if each.silences(diagnostic))


def _breadth(silencer: Silencer) -> tuple[bool, int, int]:
    """Return what silencers are sorted by: how many lines they cover, and from where on."""
    covers = silencer.directive.covers
    if covers is None:
        return True, 0, 0
    return False, covers.end.line - covers.start.line, -covers.start.column


class Judgement(NamedTuple):
    """What the comments of a file make of its diagnostics.

    Attributes:
        silencers: What its comments silence.
        added: What is wrong with the comments.
    """

    silencers: Silencers
    added: list[Diagnostic]

    def reason(self, diagnostic: Diagnostic) -> str | None:
        """Return what a comment gives as its reason to silence `diagnostic`; None where none does.

        Nothing silences a rule that failed: what it would have said is unknown.
        """
        if diagnostic.rule == RuleCrashed.id:
            return None
        silencer = next(self.silencers.of(diagnostic), None)
        return None if silencer is None else silencer.directive.reason


def judgement(
    file: Commented, found: Iterable[Diagnostic], desk: Desk, *, may_be_idle: bool
) -> Judgement:
    """Return what the comments of a file make of what rules say there.

    Args:
        file: The file.
        found: What rules say of it.
        desk: Knows the rules that comments may name, and those that ran on the file.
        may_be_idle: Whether comments that silence nothing can be told: no rule failed.
    """
    silencers = Silencers(file.directives, desk.registry)
    if not file.is_examined:
        return Judgement(silencers, [])
    added = list(_unknown(file, desk))
    if may_be_idle:
        used = {each.what for diagnostic in (*found, *added) for each in silencers.of(diagnostic)}
        idle = [each for each in silencers.all if each.what not in used]
        added += _unused(file, idle, desk.checks(file.path))
    return Judgement(silencers, added)


@lru_cache(maxsize=1024)
def _rules_named(name: str, registry: Registry) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules that `name` stands for, and those that run where nobody says otherwise."""
    try:
        rules = registry.expand(name) if name != "all" else []
    except UnknownNameError:
        rules = []
    named = frozenset(rule.id for rule in rules)
    return named, frozenset(rule.id for rule in rules if rule.default) or named


def _unknown(file: Commented, desk: Desk) -> Iterator[Diagnostic]:
    """Yield the diagnostics for names in comments that are neither a rule's nor a category's."""
    rule = desk.checks(file.path).by_id.get(UnknownSuppression.id)
    if not isinstance(rule, UnknownSuppression):
        return
    names = (name for directive in file.directives for name in directive.names)
    unknown = (name for name in names if not _rules_named(name.text, desk.registry)[0])
    for name in islice(unknown, _MOST_UNKNOWN):
        found = rule.flag_name(file.path, name, desk.registry.suggest(name.text))
        yield with_identity(found, "", file.record)


def _unused(file: Commented, idle: Iterable[Silencer], checks: Checks) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each comment of which some names silence nothing.

    Args:
        file: The file.
        idle: The names that silenced nothing. Where several silence one diagnostic, all do, since
            nobody can tell which of them is too many.
        checks: The rules that ran. Of what a rule that did not run would say, nothing is known.
    """
    rule = checks.by_id.get(UnusedSuppression.id)
    if not isinstance(rule, UnusedSuppression) or not file.is_read:
        return
    unused: dict[Span, list[int]] = {}
    for silencer in idle:
        about_itself = rule.id in silencer.rules
        if silencer.rules and not about_itself and silencer.expected <= checks.by_id.keys():
            unused.setdefault(silencer.directive.span, []).append(silencer.place)
    for directive in file.directives:
        places = unused.get(directive.span)
        if places:
            found = rule.flag_comment(file.path, directive, sorted(places))
            yield with_identity(found, "", file.record)


def of_its_own(diagnostic: Diagnostic) -> Diagnostic:
    """Return `diagnostic`, its cause named: each wrong comment takes a repair of its own."""
    if diagnostic.rule not in _ABOUT_COMMENTS:
        return diagnostic
    return diagnostic._replace(cause=f"{diagnostic.rule}:{diagnostic.fingerprint}")
