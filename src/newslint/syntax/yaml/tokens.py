"""The tokens of YAML, and comments, which are between them."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile
from operator import attrgetter
from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError

from newslint.syntax.forbidden import substitute_forbidden
from newslint.syntax.layout import SCALAR, Layout, Token, line_start
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import Span
from newslint.text.source_text import SourceText

_OPENING = frozenset("[{")
_CLOSING = frozenset("]}")
_ENDS_ITEM = frozenset("]},")
_COMMENT = lazy_pattern(r"#[^\r\n]*")
_KEEPS = lazy_pattern(r"[|>]\d?\+")
_HEADER = lazy_pattern(r"[|>][^#\r\n]*(#[^\r\n]*)")


class YamlLayout(Layout):
    """The layout of YAML."""

    def comments(self) -> Iterator[tuple[int, int]]:  # noqa: D102 # inherited
        return find_comments(self.source, self.start, self.end, self.tokens)

    def is_block(self, token: Token) -> bool:  # noqa: D102 # inherited
        return is_block_scalar(self.source.text, token)

    def keeps_line_ends(self, offset: int) -> bool:  # noqa: D102 # inherited
        return keeps_line_ends(self.source.text, self.tokens, offset)

    def value_extent(self, offset: int) -> Span | None:  # noqa: D102 # inherited
        return value_extent(self.source, self.tokens, offset)


def tokenize(source: SourceText, start: int, end: int) -> list[Token]:
    """Split the YAML between two offsets of a file into tokens; none if it cannot be parsed."""
    found: list[Token] = []
    depth = line = 0
    try:
        for kind, first, stop in _scan(source.text, start, end):
            depth += kind in _OPENING
            position = source.position(first)
            last = source.position(stop - 1).line
            around = depth - (kind in _OPENING)
            opens = position.line > line
            found.append(
                Token(kind, first, stop, position.line, last, position.column, around, opens)
            )
            depth -= kind in _CLOSING
            line = last
    except YAMLError:
        return []
    return found


def _scan(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield kind and offsets of each token that is not empty."""
    next_token: Any = CParser(substitute_forbidden(text[start:end]).text).get_token
    while (token := next_token()) is not None:
        first, stop = token.start_mark.index, token.end_mark.index
        if first < stop:
            yield token.id, start + first, start + stop


def find_comments(
    source: SourceText, start: int, end: int, tokens: list[Token]
) -> Iterator[tuple[int, int]]:
    """Yield the 0-based start and end of each comment, in order.

    Args:
        source: The text of the file.
        start: The 0-based offset at which the YAML starts.
        end: The offset at which it ends.
        tokens: Its tokens.
    """
    done = start
    for token in tokens:
        yield from _comments_between(source.text, done, token.start)
        done = token.end
        if is_block_scalar(source.text, token):
            header = _HEADER.match(source.text, token.start, token.end)
            yield from () if header is None else [header.span(1)]
    yield from _comments_between(source.text, done, end)


def _comments_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each comment in a stretch without tokens."""
    for match in _COMMENT.finditer(text, start, end):
        yield match.span()


def is_block_scalar(text: str, token: Token) -> bool:
    """Check if `token` is a literal or folded scalar."""
    return token.kind == SCALAR and text[token.start] in BLOCK_STYLES


def keeps_line_ends(text: str, tokens: list[Token], offset: int) -> bool:
    """Check if a block scalar that keeps all lines below it comes right before `offset`."""
    after = bisect_left(tokens, offset, key=attrgetter("start"))
    return after > 0 and _KEEPS.match(text, tokens[after - 1].start) is not None


def value_extent(source: SourceText, tokens: list[Token], offset: int) -> Span | None:
    """Find the extent of the outermost key or list entry that starts after `offset`.

    It starts at the start of its line. None if no token comes after `offset`.
    """
    index = bisect_left(tokens, offset, key=attrgetter("start"))
    if index == len(tokens):
        return None
    first = last = tokens[index]
    others = map(tokens.__getitem__, range(index + 1, len(tokens)))
    for token in takewhile(lambda token: _belongs(token, first), others):
        last = token
    below = line_start((last if first.depth == 0 else first).last + 1)
    return Span(line_start(first.first), max(below, source.position(last.end)))


def _belongs(token: Token, first: Token) -> bool:
    """Check if `token` is part of the key or entry that starts with `first`."""
    if token.depth > first.depth:
        return True
    if first.depth:
        return token.depth == first.depth and token.kind not in _ENDS_ITEM
    if not token.opens_line or token.column > first.column:
        return True
    return token.column == first.column and _continues(token, first)


def _continues(token: Token, first: Token) -> bool:
    """Check if a line that starts with `token` continues the key or entry of `first` above it.

    Both are at the same column, like the entries of a list that is not indented below its key, or
    the value of a key that is marked by `?`.
    """
    if token.kind == "-":
        return first.kind != "-"
    return token.kind == ":" and first.kind == "?"
