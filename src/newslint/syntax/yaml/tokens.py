"""The visible pieces of front matter, in order: what lies between them is space and comments.

The tree knows values; where a comment starts and what a line belongs to is told by the pieces that
values are written with. Finding them takes as long as reading the front matter as a whole, so it is
done for the few files that ask for it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile
from operator import attrgetter
from typing import Any, NamedTuple

from yaml._yaml import CParser
from yaml.error import YAMLError

from newslint.syntax.yaml.forbidden import substitute_forbidden
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

SCALAR = "<scalar>"
_OPENING = frozenset("[{")
_CLOSING = frozenset("]}")
_ENDS_ITEM = frozenset("]},")
_COMMENT = re.compile(r"#[^\r\n]*")
_KEEPS = re.compile(r"[|>]\d?\+")
_HEADER = re.compile(r"[|>][^#\r\n]*(#[^\r\n]*)")


class Token(NamedTuple):
    """A piece of YAML that can be seen.

    Attributes:
        kind: `<scalar>`, the indicator itself (`-`, `:`, `[`), or another name in angle brackets.
        start: 0-based offset in the text of the file.
        end: Offset after its last character; a block scalar holds its line ends.
        first: 1-based line that it starts on.
        last: Line that it ends on.
        column: 1-based column that it starts at.
        depth: How many brackets are open around it; a closing one stands inside its own.
        opens_line: Nothing but space comes before it on its line.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    column: int
    depth: int
    opens_line: bool


def tokenize(source: SourceText, start: int, end: int) -> list[Token]:
    """Return the tokens of the YAML between two offsets of a file; none if it cannot be parsed."""
    found: list[Token] = []
    depth = line = 0
    try:
        for kind, first, stop in _scanned(source.text, start, end):
            depth += kind in _OPENING
            at = source.position(first)
            last = source.position(stop - 1).line
            around = depth - (kind in _OPENING)
            opens = at.line > line
            found.append(Token(kind, first, stop, at.line, last, at.column, around, opens))
            depth -= kind in _CLOSING
            line = last
    except YAMLError:
        return []
    return found


def _scanned(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield kind and offsets of each token that is not empty."""
    next_token: Any = CParser(substitute_forbidden(text[start:end]).text).get_token
    while (token := next_token()) is not None:
        first, stop = token.start_mark.index, token.end_mark.index
        if first < stop:
            yield token.id, start + first, start + stop


def find_comments(
    source: SourceText, start: int, end: int, found: list[Token]
) -> Iterator[tuple[int, int]]:
    """Yield the 0-based offsets between which comments stand, in order.

    Args:
        source: The text of the file.
        start: The 0-based offset at which the YAML starts.
        end: The offset at which it ends.
        found: Its tokens.
    """
    done = start
    for token in found:
        yield from _comments_between(source.text, done, token.start)
        done = token.end
        if is_block_scalar(source.text, token):
            header = _HEADER.match(source.text, token.start, token.end)
            yield from () if header is None else [header.span(1)]
    yield from _comments_between(source.text, done, end)


def _comments_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where comments stand in a stretch without tokens."""
    for match in _COMMENT.finditer(text, start, end):
        yield match.span()


def is_block_scalar(text: str, token: Token) -> bool:
    """Tell whether `token` is a literal or folded scalar."""
    return token.kind == SCALAR and text[token.start] in BLOCK_STYLES


def keeps_line_ends(text: str, found: list[Token], offset: int) -> bool:
    """Tell whether a block scalar that keeps all lines below it comes right before `offset`."""
    after = bisect_left(found, offset, key=attrgetter("start"))
    return after > 0 and _KEEPS.match(text, found[after - 1].start) is not None


def line_extent(source: SourceText, found: list[Token], line: int) -> Span:
    """Return the 1-based line `line` with the scalars that it is the start or the end of."""
    first, last = _at(line), line
    for at in range(bisect_left(found, line, key=attrgetter("last")), len(found)):
        token = found[at]
        if token.first > line:
            break
        ends_here = token.last == line and not is_block_scalar(source.text, token)
        if token.kind == SCALAR and (token.first == line or ends_here):
            first = min(first, source.position(token.start))
            last = max(last, token.last)
    return Span(first, _at(last + 1))


def value_extent(source: SourceText, found: list[Token], offset: int) -> Span | None:
    """Return all of the key or list entry that starts with the first token after `offset`.

    It is the outermost one, from its line's start on. None where nothing comes after `offset`.
    """
    at = bisect_left(found, offset, key=attrgetter("start"))
    if at == len(found):
        return None
    first = last = found[at]
    others = map(found.__getitem__, range(at + 1, len(found)))
    for token in takewhile(lambda token: _belongs(token, first), others):
        last = token
    below = _at((last if first.depth == 0 else first).last + 1)
    return Span(_at(first.first), max(below, source.position(last.end)))


def _belongs(token: Token, first: Token) -> bool:
    """Tell whether `token` is still part of what starts with `first`."""
    if token.depth > first.depth:
        return True
    if first.depth:
        return token.depth == first.depth and token.kind not in _ENDS_ITEM
    if not token.opens_line or token.column > first.column:
        return True
    return token.column == first.column and _goes_on(token, first)


def _goes_on(token: Token, first: Token) -> bool:
    """Tell whether a line that starts with `token` goes on with the entry of `first` above it.

    Both are at one column: the entries of a list may stand below the very start of its key, and
    the value of a key that is marked by `?` does.
    """
    if token.kind == "-":
        return first.kind != "-"
    return token.kind == ":" and first.kind == "?"


def _at(line: int) -> Position:
    """Return the start of a line."""
    return Position(line, 1)
