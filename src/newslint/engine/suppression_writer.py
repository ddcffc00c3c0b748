"""Insertion of comments that suppress the current diagnostics of a file."""

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
from newslint.syntax import Reader
from newslint.syntax.layout import SCALAR, Layout, Token
from newslint.text import Location, SourceText, Span
from newslint.text.source_text import LINE_END

NOT_SUPPRESSIBLE = frozenset({UnusedSuppression.id, UnknownSuppression.id, RuleCrashed.id})
"""Rules about comments and about newslint itself, whose diagnostics no comment suppresses."""

_LAST_LINE_END = re.compile(r"(?:\r\n|\n|\r)\Z")


class InsertionPoint(NamedTuple):
    """The place of a new comment.

    Attributes:
        line: The 1-based line; 0 for the start of the front matter, for the whole file.
        above: The comment is inserted above the line, not at its end.
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
    """Insert comments that suppress diagnostics, without changing any value.

    A diagnostic gets a comment at the end of its line. If no comment can follow there, it is
    inserted above the line or, failing that, at the start of the front matter for the whole file.

    Args:
        document: The file.
        diagnostics: The diagnostics to suppress.
        reason: The text after `--`; empty for none.
        registry: The rules that comments may name.
        reader: Parses the result, to compare its values with the original ones.

    Returns:
        The document with the comments. None if there is no front matter, if its syntax has no
        comments, or if not all diagnostics can be suppressed without changing a value.
    """
    if document.front_matter is None or not document.front_matter.syntax.has_comments:
        return None
    writer = _Writer(document, document.front_matter)
    points = [writer.point(each) for each in diagnostics]
    while True:
        points = _widen(points, diagnostics)
        insertions = writer.insertions(points, diagnostics, reason)
        text = _insert(document.source.text, insertions)
        after = read_document(document.path, text.encode(), reader)
        moved = _move(diagnostics, document.source, insertions)
        unsuppressed = _unsuppressed(document, after, moved, registry)
        if not unsuppressed:
            return after
        if all(points[at] == WHOLE_FILE for at in unsuppressed):
            return None
        points = [WHOLE_FILE if at in unsuppressed else point for at, point in enumerate(points)]


def _widen(
    points: Sequence[InsertionPoint], diagnostics: Sequence[Diagnostic]
) -> list[InsertionPoint]:
    """Replace the points of rules that a comment for the whole file suppresses in any case."""
    pairs = list(zip(points, diagnostics, strict=True))
    whole = {each.rule for point, each in pairs if point == WHOLE_FILE}
    return [WHOLE_FILE if each.rule in whole else point for point, each in pairs]


class _Writer:
    """Positions and texts of the comments to insert in one file."""

    def __init__(self, document: Document, front_matter: FrontMatter) -> None:
        self.document = document
        self.source = document.source
        self.front_matter = front_matter
        start, end = front_matter.start, front_matter.end
        self.layout = (
            front_matter.layout(self.source)
            if document.roots
            else Layout(self.source, start, end, [])
        )
        self.found = self.layout.tokens
        self.spans = {(token.start, token.end): token for token in self.found}
        self.starts = [token.start for token in self.found]
        self.opened = {token.first for token in self.found if token.opens_line}
        self.unended = {line for token in self.found for line in self._lines_ending_inside(token)}

    def _lines_ending_inside(self, token: Token) -> range:
        """Return the lines that end inside `token`, so that no comment can follow."""
        return range(token.first + self.layout.is_block(token), token.last)

    def point(self, diagnostic: Diagnostic) -> InsertionPoint:
        """Choose the place of the comment that suppresses a diagnostic."""
        if not self._is_inside(diagnostic):
            return WHOLE_FILE
        start = diagnostic.location.span.start
        line = start.line
        around = self.found[bisect_right(self.starts, self.source.offset(start)) - 1]
        if around.kind == SCALAR and self.source.offset(start) < around.end:
            line = around.first if self.layout.is_block(around) else around.last
        if line not in self.unended:
            return InsertionPoint(line)
        return InsertionPoint(start.line, above=True) if start.line in self.opened else WHOLE_FILE

    def _is_inside(self, diagnostic: Diagnostic) -> bool:
        """Check whether a diagnostic is about a part of the front matter, not about all of it."""
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
        """Build the insertions for diagnostics at their points, in the order of the text."""
        wanted: dict[InsertionPoint, set[str]] = {}
        for point, diagnostic in zip(points, diagnostics, strict=True):
            wanted.setdefault(point, set()).add(diagnostic.rule)
        existing: dict[Span | None, SuppressionComment] = {}
        for directive in self.document.suppression_comments:
            if not reason or directive.reason == reason:
                existing.setdefault(directive.covers, directive)
        insertions = []
        for point, names in sorted(wanted.items()):
            covered = self._covered_span(point)
            like = existing.get(covered) if covered or point == WHOLE_FILE else None
            insertions.append(self.insertion(point, names, reason, like))
        return sorted(insertions, key=lambda each: each.offset)

    def insertion(
        self,
        point: InsertionPoint,
        names: Collection[str],
        reason: str,
        like: SuppressionComment | None,
    ) -> _Insertion:
        """Build the insertion that suppresses rules at a point.

        Args:
            point: The place of a new comment.
            names: The ids of the rules.
            reason: The text after `--`; empty for none.
            like: A comment that covers the same span, to which the names are added; None if
                there is none.
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

    def _covered_span(self, point: InsertionPoint) -> Span | None:
        """Return the span that a comment at `point` covers; None for the whole file."""
        if point == WHOLE_FILE:
            return None
        if point.above:
            return self.layout.value_extent(self.source.line_starts[point.line - 1])
        return self.layout.line_extent(point.line)


def _line_end(text: str, offset: int) -> str:
    """Return the line end before `offset`; if there is none, that of the first line."""
    match = _LAST_LINE_END.search(text, max(offset - 2, 0), offset) or LINE_END.search(text)
    return match[0] if match else "\n"


def _insert(text: str, insertions: Iterable[_Insertion]) -> str:
    """Insert texts at the offsets of `insertions`, which are sorted."""
    pieces: list[str] = []
    done = 0
    for offset, new in insertions:
        pieces += text[done:offset], new
        done = offset
    return "".join([*pieces, text[done:]])


def _move(
    diagnostics: Iterable[Diagnostic], source: SourceText, insertions: Iterable[_Insertion]
) -> list[Diagnostic]:
    """Move diagnostics down by the number of lines inserted above them."""
    offsets = [offset for offset, new in insertions if LINE_END.search(new)]
    moved = []
    for each in diagnostics:
        line = min(each.location.span.start.line, len(source.line_starts))
        lines = bisect_right(offsets, source.line_starts[line - 1])
        path, pointer, span = each.location
        moved.append(each.replace(location=Location(path, pointer, span.shift_lines(lines))))
    return moved


def _unsuppressed(
    before: Document, after: Document, diagnostics: Sequence[Diagnostic], registry: Registry
) -> set[int]:
    """Find the indexes of the diagnostics that no comment in `after` suppresses.

    All of them count as unsuppressed if the values of `after` are not those of `before`.
    """
    if _values(before) != _values(after):
        return set(range(len(diagnostics)))
    index = SuppressionIndex(after.suppression_comments, registry)
    return {at for at, each in enumerate(diagnostics) if next(index.find(each), None) is None}


def _values(document: Document) -> list[str]:
    """Represent the values and problems of a document so that they can be compared.

    Values themselves cannot: NaN is not equal to itself, and 1 is equal to True.
    """
    values = [repr(root.python) for root in document.roots]
    return values + sorted(problem.rule for problem in document.problems)
