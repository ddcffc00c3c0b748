"""Suppression comments in front matter, and those in the text below, which suppress nothing.

`# newslint: ignore[rule, other-rule] -- reason` suppresses rules at a place, and
`# newslint: ignore-file[rule]` in the whole file. A comment that resembles one of these forms but
is not valid is reported by the rule `unknown-suppression`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from newslint.documents.code import find_code
from newslint.documents.front_matter import FrontMatter
from newslint.syntax.layout import Layout
from newslint.syntax.problem import Problem
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import Span
from newslint.text.source_text import BYTE_ORDER_MARK, LINE_END, SourceText

TOOL = "newslint"
IGNORE = "ignore"
IGNORE_FILE = "ignore-file"
_BLANK = " \t"

_START = lazy_pattern(rf"#[ \t]*{TOOL}(?=[ \t]*:|[ \t-]+(?:{IGNORE}\b|[\w-]+[ \t]*\[))")
_SUPPRESSION = lazy_pattern(
    rf"#[ \t]*{TOOL}:[ \t]*(?P<kind>{IGNORE_FILE}|{IGNORE})\[(?P<names>[^\]]*)\]"
    r"(?:[ \t]*--[ \t]*(?P<reason>.*)|(?=[ \t]+#)|[ \t]*$)"
)
_NAME = lazy_pattern(r"[^,\s](?:[^,]*[^,\s])?")
_ATTEMPT = lazy_pattern(
    rf"#[ \t]*{TOOL}[ \t]*(?P<colon>:?)[ \t-]*(?P<kind>[\w-]*)"
    r"(?:[ \t]*\[(?P<names>[\w, -]*)(?P<rest>[^\]]*)(?P<close>\]?))?"
)
_IN_BODY = lazy_pattern(
    rf"<!--[ \t]*+#?[ \t]*+{TOOL}:[ \t]*+{IGNORE}(?:-file)?\[(?P<names>[\w, -]{{0,200}}+)\]"
    r"[^<>\r\n]{0,200}?-->"
)
_STARTS_LINE = lazy_pattern(rf"(?<![^\r\n{BYTE_ORDER_MARK}])#[^\r\n]*")


class RuleName(msgspec.Struct, frozen=True, array_like=True):
    """The name of a rule or category in a suppression comment."""

    text: str
    span: Span


class SuppressionComment(msgspec.Struct, frozen=True, array_like=True):
    """A comment that suppresses rules.

    Attributes:
        names: The rules and categories, at least one.
        reason: The text after `--`; empty if there is none.
        covers: The span in which they are suppressed; None for the whole file.
        span: The span from its `#` to the end of its reason.
        names_span: The span between its brackets.
        removal: The span to delete to remove it; None if that would change a value.
    """

    names: tuple[RuleName, ...]
    reason: str
    covers: Span | None
    span: Span
    names_span: Span
    removal: Span | None

    @property
    def has_own_line(self) -> bool:
        """Whether it is on a line of its own, above the lines that it covers."""
        return self.covers is not None and self.covers.start > self.span.start


class SuppressionComments(msgspec.Struct, frozen=True):
    """The suppression comments of a file, in order, and the problems of invalid ones."""

    valid: tuple[SuppressionComment, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_suppression_comments(
    source: SourceText, front_matter: FrontMatter, path: str = "", *, is_read: bool
) -> SuppressionComments:
    """Find the suppression comments of a file.

    Args:
        source: The text of the file.
        front_matter: The place of the front matter.
        path: The path of the file, whose suffix determines what is code.
        is_read: It could be parsed. If not, comments cannot be located; then only comments at
            the start of a line count, and of these only the ones for the whole file.
    """
    start, end = front_matter.start, front_matter.end
    if source.text.find(TOOL, start) < 0:
        return SuppressionComments()
    if source.text.find(TOOL, start, end) < 0 or not front_matter.may_have_comments(source.text):
        return SuppressionComments((), tuple(_misplaced(source, front_matter.body, path)))
    if not is_read:
        lines = (match.span() for match in _STARTS_LINE.finditer(source.text, start, end))
        comments = _CommentParser(source, Layout(source, start, end, [])).parse(lines).valid
        return SuppressionComments(tuple(each for each in comments if each.covers is None))
    layout = front_matter.layout(source)
    found = _CommentParser(source, layout).parse(layout.comments())
    return replace(found, problems=(*found.problems, *_misplaced(source, front_matter.body, path)))


def _misplaced(source: SourceText, start: int, path: str) -> Iterator[Problem]:
    """Yield a problem for each suppression comment in the text below a front matter."""
    found = list(_IN_BODY.finditer(source.text, start))
    code = find_code(source.text[start:], path) if found else []
    for match in found:
        if any(at <= match.start() - start < end for at, end in code):
            continue
        names = match["names"].strip() or "rule"
        message = (
            f"comments below the front matter suppress nothing; write '# {TOOL}: {IGNORE_FILE}"
            f"[{names}]' in the front matter"
        )
        yield Problem("unknown-suppression", message, source.span(*match.span()))


class _CommentParser(msgspec.Struct, frozen=True):
    """A parser of suppression comments.

    Attributes:
        source: The text of the file.
        layout: The layout of its front matter; without tokens if that could not be parsed.
    """

    source: SourceText
    layout: Layout

    def parse(self, spans: Iterable[tuple[int, int]]) -> SuppressionComments:
        """Parse the comments at `spans`, which are 0-based offsets."""
        valid: list[SuppressionComment] = []
        problems: list[Problem] = []
        for start, end in spans:
            for part, part_end in self.split(start, end):
                match = _SUPPRESSION.match(self.source.text, part, part_end)
                if match is not None and _NAME.search(match["names"]):
                    valid.append(self.create(match, end))
                else:
                    message = _advise(self.source.text[part:part_end])
                    span = self.source.span(part, part_end)
                    problems.append(Problem("unknown-suppression", message, span))
        return SuppressionComments(tuple(valid), tuple(problems))

    def split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each suppression in a comment, without trailing space."""
        text = self.source.text
        starts = [match.start() for match in _START.finditer(text, start, end)]
        for part, part_end in pairwise([*starts, end]):
            yield part, part + len(text[part:part_end].rstrip(_BLANK))

    def create(self, match: re.Match[str], end: int) -> SuppressionComment:
        """Create a suppression from its match in a comment that ends at `end`."""
        span = self.source.span
        offset = match.start("names")
        names = tuple(
            RuleName(name[0], span(offset + name.start(), offset + name.end()))
            for name in _NAME.finditer(match["names"])
        )
        return SuppressionComment(
            names,
            (match["reason"] or "").strip(),
            None if match["kind"] == IGNORE_FILE else self.find_covered(match.start()),
            span(*match.span()),
            span(*match.span("names")),
            self.find_removal(match, end),
        )

    def find_covered(self, start: int) -> Span:
        """Find the span that a suppression at the offset `start` covers."""
        if self.text_before(start).strip(_BLANK):
            return self.layout.line_extent(self.source.position(start).line)
        return self.layout.value_extent(start) or self.source.span(start, start)

    def find_removal(self, match: re.Match[str], end: int) -> Span | None:
        """Find the span to delete to remove a suppression in a comment that ends at `end`."""
        text, span = self.source.text, self.source.span
        start, stop = match.span()
        before = self.text_before(start)
        after = text[stop:end]
        if before.strip(_BLANK):
            kept = len(before.rstrip(_BLANK))
            return span(start - len(before) + kept, stop if after.strip(_BLANK) else end)
        if after.strip(_BLANK):
            return span(start, end - len(after.lstrip(_BLANK)))
        if self.layout.keeps_line_ends(start):
            return None
        line_end = LINE_END.match(text, end)
        return span(start - len(before), line_end.end() if line_end else end)

    def text_before(self, offset: int) -> str:
        """Extract the text before `offset` on its line."""
        line = self.source.position(offset).line
        return self.source.text[self.source.line_starts[line - 1] : offset]


def _advise(part: str) -> str:
    """Explain the mistake in an invalid suppression comment, and its correction."""
    attempt = _ATTEMPT.match(part)
    if attempt is None:
        return f"write '# {TOOL}: {IGNORE}[rule]' to suppress a rule"
    kind, names = attempt["kind"], (attempt["names"] or "").strip(" ,")
    from difflib import get_close_matches

    meant = next(iter(get_close_matches(kind, (IGNORE, IGNORE_FILE), n=1)), IGNORE)
    example = f"'# {TOOL}: {meant}[{names or 'rule'}]'"
    if kind != meant:
        return f"'{kind}' suppresses nothing; write {example}" if kind else f"write {example}"
    if not names:
        return f"no rule is named; write {example}"
    if not attempt["colon"]:
        return f"a ':' is missing after '{TOOL}'; write {example}"
    if not attempt["close"]:
        return f"the list of rules is not closed by ']'; write {example}"
    return f"only ' -- ' and a reason may follow the list of rules; write {example[:-1]} -- reason'"
