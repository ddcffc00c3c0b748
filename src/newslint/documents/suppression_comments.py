"""Comments of the front matter by which people silence rules.

`# newslint: ignore[rule, other-rule] -- reason` silences rules at a place, and
`# newslint: ignore-file[rule]` in the whole file. What looks like such a comment and is none is a
problem of the rule `unknown-suppression`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from newslint.documents.front_matter import FrontMatter
from newslint.syntax.problem import Problem
from newslint.syntax.yaml.tokens import (
    Token,
    find_comments,
    keeps_line_ends,
    line_extent,
    tokenize,
    value_extent,
)
from newslint.text.location import Span
from newslint.text.source_text import BYTE_ORDER_MARK, LINE_END, SourceText

TOOL = "newslint"
IGNORE = "ignore"
IGNORE_FILE = "ignore-file"
_BLANK = " \t"

_START = re.compile(rf"#[ \t]*{TOOL}(?=[ \t]*:|[ \t-]+(?:{IGNORE}\b|[\w-]+[ \t]*\[))")
_DIRECTIVE = re.compile(
    rf"#[ \t]*{TOOL}:[ \t]*(?P<kind>{IGNORE_FILE}|{IGNORE})\[(?P<names>[^\]]*)\]"
    r"(?:[ \t]*--[ \t]*(?P<reason>.*)|(?=[ \t]+#)|[ \t]*$)"
)
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_ATTEMPT = re.compile(
    rf"#[ \t]*{TOOL}[ \t]*(?P<colon>:?)[ \t-]*(?P<kind>[\w-]*)"
    r"(?:[ \t]*\[(?P<names>[\w, -]*)(?P<rest>[^\]]*)(?P<close>\]?))?"
)
_STARTS_LINE = re.compile(rf"(?<![^\r\n{BYTE_ORDER_MARK}])#[^\r\n]*")


class RuleName(NamedTuple):
    """A rule or category as a directive names it."""

    text: str
    span: Span


class SuppressionComment(NamedTuple):
    """A comment that silences rules.

    Attributes:
        names: The rules and categories: one or more.
        reason: What is written after `--`; empty where nothing is.
        covers: Where it silences them; None where that is the whole file.
        span: From its `#` to its end.
        listed: What stands between its brackets.
        removal: What to delete to be rid of it; None where that would change a value.
    """

    names: tuple[RuleName, ...]
    reason: str
    covers: Span | None
    span: Span
    listed: Span
    removal: Span | None

    @property
    def stands_alone(self) -> bool:
        """Whether it has a line of its own, above what it covers."""
        return self.covers is not None and self.covers.start > self.span.start


class SuppressionComments(NamedTuple):
    """The directives of a file, in order, and what only looks like one."""

    valid: tuple[SuppressionComment, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_suppression_comments(
    source: SourceText, front_matter: FrontMatter, *, is_read: bool
) -> SuppressionComments:
    """Return the directives in the comments of a file's front matter.

    Args:
        source: The text of the file.
        front_matter: Where the YAML is.
        is_read: It could be read as YAML. Else nobody can tell where comments are, so those count
            that start a line, and of them only those that silence rules in the whole file.
    """
    start, end, _ = front_matter
    if source.text.find("#", start, end) < 0 or source.text.find(TOOL, start, end) < 0:
        return SuppressionComments()
    if not is_read:
        lines = (match.span() for match in _STARTS_LINE.finditer(source.text, start, end))
        whole_file = (each for each in _read(source, [], lines).valid if each.covers is None)
        return SuppressionComments(tuple(whole_file))
    found = tokenize(source, start, end)
    return _read(source, found, find_comments(source, start, end, found))


def _read(
    source: SourceText, found: list[Token], spans: Iterable[tuple[int, int]]
) -> SuppressionComments:
    """Return the directives in the comments at `spans`, which are 0-based offsets."""
    valid: list[SuppressionComment] = []
    problems: list[Problem] = []
    for start, end in spans:
        for part, part_end in _parts(source.text, start, end):
            match = _DIRECTIVE.match(source.text, part, part_end)
            if match is not None and _NAME.search(match["names"]):
                valid.append(_directive(source, found, match, end))
            else:
                message = _advice(source.text[part:part_end])
                span = source.span(part, part_end)
                problems.append(Problem("unknown-suppression", message, span))
    return SuppressionComments(tuple(valid), tuple(problems))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a comment that start like a directive, without the space after them."""
    starts = [match.start() for match in _START.finditer(text, start, end)]
    for part, part_end in pairwise([*starts, end]):
        yield part, part + len(text[part:part_end].rstrip(_BLANK))


def _directive(
    source: SourceText, found: list[Token], match: re.Match[str], end: int
) -> SuppressionComment:
    """Return the directive that `match` found in a comment which ends at `end`."""
    offset = match.start("names")
    names = tuple(
        RuleName(name[0], source.span(offset + name.start(), offset + name.end()))
        for name in _NAME.finditer(match["names"])
    )
    return SuppressionComment(
        names,
        (match["reason"] or "").strip(),
        None if match["kind"] == IGNORE_FILE else _covered(source, found, match.start()),
        source.span(*match.span()),
        source.span(*match.span("names")),
        _removal(source, found, match, end),
    )


def _covered(source: SourceText, found: list[Token], start: int) -> Span:
    """Return what a directive at the offset `start` covers."""
    line = source.position(start).line
    if _before(source, start).strip(_BLANK):
        return line_extent(source, found, line)
    return value_extent(source, found, start) or source.span(start, start)


def _removal(source: SourceText, found: list[Token], match: re.Match[str], end: int) -> Span | None:
    """Return what to delete to be rid of a directive in a comment that ends at `end`."""
    text = source.text
    start, stop = match.span()
    before = _before(source, start)
    after = text[stop:end]
    if before.strip(_BLANK):
        kept = len(before.rstrip(_BLANK))
        return source.span(start - len(before) + kept, stop if after.strip(_BLANK) else end)
    if after.strip(_BLANK):
        return source.span(start, end - len(after.lstrip(_BLANK)))
    if keeps_line_ends(text, found, start):
        return None
    line_end = LINE_END.match(text, end)
    return source.span(start - len(before), line_end.end() if line_end else end)


def _before(source: SourceText, offset: int) -> str:
    """Return what stands before `offset` on its line."""
    return source.text[source.starts[source.position(offset).line - 1] : offset]


def _advice(part: str) -> str:
    """Return what is wrong with what looks like a directive, and what to write."""
    attempt = _ATTEMPT.match(part)
    if attempt is None:
        return f"write '# {TOOL}: {IGNORE}[rule]' to silence a rule"
    kind, names = attempt["kind"], (attempt["names"] or "").strip(" ,")
    from difflib import get_close_matches

    meant = next(iter(get_close_matches(kind, (IGNORE, IGNORE_FILE), n=1)), IGNORE)
    example = f"'# {TOOL}: {meant}[{names or 'rule'}]'"
    if kind != meant:
        return f"'{kind}' silences nothing; write {example}" if kind else f"write {example}"
    if not names:
        return f"this names no rule to silence; write {example}"
    if not attempt["colon"]:
        return f"a ':' is missing after '{TOOL}'; write {example}"
    if not attempt["close"]:
        return f"the list of rules is not closed by ']'; write {example}"
    return f"only ' -- ' and a reason may follow the list of rules; write {example[:-1]} -- reason'"
