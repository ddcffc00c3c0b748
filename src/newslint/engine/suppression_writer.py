"""Writes the comments that silence what is there now."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.documents import Document, SuppressionComment, read_document
from newslint.documents.front_matter import FrontMatter
from newslint.documents.suppression_comments import IGNORE, IGNORE_FILE, TOOL
from newslint.engine.suppression import SuppressionIndex
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.rules.meta.unknown_suppression import UnknownSuppression
from newslint.rules.meta.unused_suppression import UnusedSuppression
from newslint.settings import Registry
from newslint.syntax.yaml import Reader
from newslint.syntax.yaml.tokens import (
    SCALAR,
    Token,
    is_block_scalar,
    line_extent,
    tokenize,
    value_extent,
)
from newslint.text import SourceText, Span
from newslint.text.source_text import LINE_END

NOT_SUPPRESSIBLE = frozenset({UnusedSuppression.id, UnknownSuppression.id, RuleCrashed.id})
"""Rules about comments and about newslint itself: silencing those helps nobody."""

_LAST_LINE_END = re.compile(r"(?:\r\n|\n|\r)\Z")


class InsertionPoint(NamedTuple):
    """Where a comment goes.

    Attributes:
        line: 1-based; 0 for the start of the front matter, from where it covers the whole file.
        above: It goes above the line, not at its end.
    """

    line: int
    above: bool = False


WHOLE_FILE = InsertionPoint(0)


class _Insertion(NamedTuple):
    """Text to put at a 0-based offset."""

    offset: int
    text: str


def insert_suppressions(
    document: Document,
    diagnostics: Sequence[Diagnostic],
    reason: str,
    registry: Registry,
    reader: Reader,
) -> Document | None:
    """Return `document` with comments that silence `diagnostics`, and all else as it was.

    Args:
        document: A file.
        diagnostics: What is reported in it.
        reason: What the comments say after `--`; empty for nothing.
        registry: The rules there are.
        reader: Reads the result, to see that it means the same.

    Returns:
        None where there is no front matter, or no way to silence all without changing a value.
    """
    if document.front_matter is None:
        return None
    writer = _Writer(document, document.front_matter)
    points = [writer.point(each) for each in diagnostics]
    while True:
        insertions = writer.insertions(points, diagnostics, reason)
        text = _inserted(document.source.text, insertions)
        after = read_document(document.path, text.encode(), reader)
        moved = _moved(diagnostics, document.source, insertions)
        unsuppressed = _unsuppressed(document, after, moved, registry)
        if not unsuppressed:
            return after
        if all(points[at] == WHOLE_FILE for at in unsuppressed):
            return None
        points = [WHOLE_FILE if at in unsuppressed else point for at, point in enumerate(points)]


class _Writer:
    """Tells where comments can go in a file, and writes them."""

    def __init__(self, document: Document, front_matter: FrontMatter) -> None:
        self.document = document
        self.source = document.source
        self.front_matter = front_matter
        start, end = front_matter.start, front_matter.end
        self.found = tokenize(self.source, start, end) if document.roots else []
        self.spans = {(token.start, token.end): token for token in self.found}
        self.starts = [token.start for token in self.found]
        self.opened = {token.first for token in self.found if token.opens_line}
        self.unended = {line for token in self.found for line in self._unended(token)}

    def _unended(self, token: Token) -> range:
        """Return the lines whose ends are inside `token`, where no comment can be."""
        return range(token.first + is_block_scalar(self.source.text, token), token.last)

    def point(self, diagnostic: Diagnostic) -> InsertionPoint:
        """Return where to put the comment that silences `diagnostic`."""
        if not self._is_inside(diagnostic):
            return WHOLE_FILE
        start = diagnostic.location.span.start
        line = start.line
        around = self.found[bisect_right(self.starts, self.source.offset(start)) - 1]
        if around.kind == SCALAR and self.source.offset(start) < around.end:
            line = around.first if is_block_scalar(self.source.text, around) else around.last
        if line not in self.unended:
            return InsertionPoint(line)
        return InsertionPoint(start.line, above=True) if start.line in self.opened else WHOLE_FILE

    def _is_inside(self, diagnostic: Diagnostic) -> bool:
        """Tell whether `diagnostic` is about a part of the front matter, not about all of it."""
        (first, _), (last, _) = span = diagnostic.location.span
        if not self.found or max(first, last) > len(self.source.line_starts):
            return False
        start, end = map(self.source.offset, span)
        if not self.starts[0] <= start < self.front_matter.end:
            return False
        return diagnostic.location.pointer != "" or (start, end) in self.spans

    def insertions(
        self, points: Iterable[InsertionPoint], diagnostics: Iterable[Diagnostic], reason: str
    ) -> list[_Insertion]:
        """Return what to insert to silence `diagnostics`, each at its point, in order."""
        wanted: dict[InsertionPoint, set[str]] = {}
        for point, diagnostic in zip(points, diagnostics, strict=True):
            wanted.setdefault(point, set()).add(diagnostic.rule)
        there: dict[Span | None, SuppressionComment] = {}
        for directive in self.document.suppression_comments:
            if not reason or directive.reason == reason:
                there.setdefault(directive.covers, directive)
        made = []
        for point, names in sorted(wanted.items()):
            covered = self._covered(point)
            like = there.get(covered) if covered or point == WHOLE_FILE else None
            made.append(self.insertion(point, names, reason, like))
        return sorted(made, key=lambda each: each.offset)

    def insertion(
        self,
        point: InsertionPoint,
        names: Collection[str],
        reason: str,
        like: SuppressionComment | None,
    ) -> _Insertion:
        """Return what to insert to silence the rules `names` at `point`.

        Args:
            point: Where a comment would go.
            names: The rules.
            reason: What it would say after `--`.
            like: A comment that covers just what that one would cover; None where there is none.
        """
        listed = ", ".join(sorted(names))
        source = self.source
        if like is not None:
            return _Insertion(source.offset(like.names[-1].span.end), f", {listed}")
        comment = f"# {TOOL}: {IGNORE_FILE if point == WHOLE_FILE else IGNORE}[{listed}]"
        comment += f" -- {reason}" if reason else ""
        if point == WHOLE_FILE:
            start = self.front_matter.start
            return _Insertion(start, comment + _line_end(source.text, start))
        start = source.line_starts[point.line - 1]
        line = source.line(point.line)
        if not point.above:
            return _Insertion(start + len(line), f"  {comment}")
        indent = line[: len(line) - len(line.lstrip())]
        return _Insertion(start, indent + comment + _line_end(source.text, start))

    def _covered(self, point: InsertionPoint) -> Span | None:
        """Return what a comment at `point` covers; None for the whole file."""
        if point == WHOLE_FILE:
            return None
        if point.above:
            return value_extent(self.source, self.found, self.source.line_starts[point.line - 1])
        return line_extent(self.source, self.found, point.line)


def _line_end(text: str, offset: int) -> str:
    """Return what ends the line before `offset`, or the first line where none comes before."""
    match = _LAST_LINE_END.search(text, max(offset - 2, 0), offset) or LINE_END.search(text)
    return match[0] if match else "\n"


def _inserted(text: str, insertions: Iterable[_Insertion]) -> str:
    """Return `text` with all insertions made, which are in order."""
    pieces: list[str] = []
    done = 0
    for offset, new in insertions:
        pieces += text[done:offset], new
        done = offset
    return "".join([*pieces, text[done:]])


def _moved(
    diagnostics: Iterable[Diagnostic], source: SourceText, insertions: Iterable[_Insertion]
) -> list[Diagnostic]:
    """Return diagnostics as many lines further down as insertions, in order, put above them."""
    offsets = [offset for offset, new in insertions if LINE_END.search(new)]
    moved = []
    for each in diagnostics:
        line = min(each.location.span.start.line, len(source.line_starts))
        lines = bisect_right(offsets, source.line_starts[line - 1])
        moved.append(each.place(each.location.path, "", lines))
    return moved


def _unsuppressed(
    before: Document, after: Document, diagnostics: Sequence[Diagnostic], registry: Registry
) -> set[int]:
    """Return the indexes of the diagnostics that no comment in `after` silences.

    They are all where it does not hold the values of `before`.
    """
    if _values(before) != _values(after):
        return set(range(len(diagnostics)))
    index = SuppressionIndex(after.suppression_comments, registry)
    return {at for at, each in enumerate(diagnostics) if next(index.find(each), None) is None}


def _values(document: Document) -> list[str]:
    """Return the values of `document`, and what is wrong with it, in a form that can be compared.

    NaN is not equal to itself, and 1 is equal to True; their representations tell.
    """
    values = [repr(root.python) for root in document.roots]
    return values + sorted(problem.rule for problem in document.problems)
