"""From a scalar's value back to its source: which characters of the file make which of the value.

A value's text differs from its source by escapes, folded lines and indentation. Each function
here reads a scalar's source as YAML 1.1 does (chapters 5.7 and 7 to 9) and returns the value's
characters with the offsets each came from.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newslint.source.tree import Scalar

_BREAK = re.compile(r"\r\n|\n|\r")
_ESCAPES = dict(zip('0abtnvfre "/\\N_LP', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029'))  # noqa: B905 # both strings are written here
_ESCAPES["\t"] = "\t"
_HEX = {"x": 2, "u": 4, "U": 8}


class Char(NamedTuple):
    """One character of a value and the 0-based offsets of its source."""

    char: str
    start: int
    end: int


def characters(text: str, scalar: Scalar) -> list[Char] | None:
    """Return where each character of a scalar's text comes from in `text`.

    Returns:
        As many entries as the value has characters; None where the value is no text.
    """
    if not isinstance(scalar.value, str):
        return None
    for chars in _readings(text, scalar):
        if "".join(char.char for char in chars) == scalar.value:
            return chars
    return None


def _readings(text: str, scalar: Scalar) -> Iterator[list[Char]]:
    """Yield the possible readings of the source of `scalar`, the likeliest first."""
    start, end = scalar.start, scalar.end
    if scalar.style == "":
        yield _fold(list(_verbatim(text, start, end)))
    elif scalar.style == "'":
        yield _fold(list(_single(text, start + 1, end - 1)))
    elif scalar.style == '"':
        yield _fold(list(_double(text, start + 1, end - 1)))
    else:
        yield from _blocks(text, scalar)


def _verbatim(text: str, start: int, end: int) -> Iterator[Char]:
    """Yield the characters of a stretch of text; a CRLF is one character."""
    offset = start
    while offset < end:
        match = _BREAK.match(text, offset, end)
        stop = match.end() if match else offset + 1
        yield Char("\n" if match else text[offset], offset, stop)
        offset = stop


def _single(text: str, start: int, end: int) -> Iterator[Char]:
    """Yield the characters between single quotes, where a quote is doubled."""
    chars = _verbatim(text, start, end)
    for char in chars:
        if char.char == "'":
            second = next(chars, char)
            yield Char("'", char.start, second.end)
        else:
            yield char


def _double(text: str, start: int, end: int) -> Iterator[Char]:
    """Yield the characters between double quotes; an escaped line end is an empty character."""
    offset = start
    while offset < end:
        if text[offset] == "\\":
            char = _escape(text, offset)
        else:
            match = _BREAK.match(text, offset, end)
            char = Char(
                "\n" if match else text[offset], offset, match.end() if match else offset + 1
            )
        yield char
        offset = char.end


def _escape(text: str, offset: int) -> Char:
    """Return the character that the escape at `offset` stands for."""
    match = _BREAK.match(text, offset + 1)
    if match:
        return Char("", offset, match.end())
    code = text[offset + 1]
    digits = _HEX.get(code, 0)
    end = offset + 2 + digits
    char = chr(int(text[offset + 2 : end], 16)) if digits else _ESCAPES.get(code, code)
    return Char(char + "\\", offset, end)


def _fold(chars: list[Char]) -> list[Char]:
    """Return `chars` with lines folded: one line end is a space, more are one less.

    White space around a line end goes. An escaped character (marked by a trailing backslash) is
    never white space, and an escaped line end joins its lines without a space.
    """
    folded: list[Char] = []
    index = 0
    while index < len(chars):
        stop = index
        while stop < len(chars) and chars[stop].char in ("\n", " ", "\t", ""):
            stop += 1
        folded.extend(_white(chars[index:stop]))
        if stop < len(chars):
            char = chars[stop]
            plain = char.char[:-1] if len(char.char) > 1 else char.char
            folded.append(char._replace(char=plain))
        index = stop + 1
    return folded


def _white(run: list[Char]) -> list[Char]:
    """Return what is left of a run of unescaped white space after folding."""
    breaks = [char for char in run if char.char in ("\n", "")]
    if not breaks:
        return run
    joined = breaks[0].char == ""
    kept = run[: run.index(breaks[0])] if joined else []
    rest = [char for char in breaks[1:] if char.char == "\n"]
    if joined or rest:
        return kept + rest
    return [breaks[0]._replace(char=" ")]


def _blocks(text: str, scalar: Scalar) -> Iterator[list[Char]]:
    """Yield the readings of a block scalar, one for each indentation it may have.

    An explicit indentation counts from the parent's, which the scalar alone does not tell.
    """
    first = _BREAK.search(text, scalar.start, scalar.end)
    if first is None:
        yield []
        return
    header = text[scalar.start : first.start()].split("#", 1)[0]
    lines = list(_lines(text, first.end(), scalar.end))
    filled = [line for line in lines if text[line.start : line.stop].strip(" ")]
    if not filled:
        yield _chomp(header, [], [Char("\n", line.stop, line.end) for line in lines])
        return
    most = _indent(text, filled[0])
    for indent in range(most, -1, -1):
        yield _block(text, header, lines, indent)


class _Line(NamedTuple):
    """A line: its start, where its text stops, and where its line end ends."""

    start: int
    stop: int
    end: int


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """Yield the lines of a stretch of text."""
    while start < end:
        match = _BREAK.search(text, start, end)
        stop, after = match.span() if match else (end, end)
        yield _Line(start, stop, after)
        start = after


def _indent(text: str, line: _Line) -> int:
    """Return the number of spaces a line starts with."""
    content = text[line.start : line.stop]
    return len(content) - len(content.lstrip(" "))


def _block(text: str, header: str, lines: list[_Line], indent: int) -> list[Char]:
    """Return a block scalar's characters, given its indentation in spaces."""
    chars: list[Char] = []
    pending: list[Char] = []
    spaced = True
    for line in lines:
        start = min(line.start + indent, line.stop)
        ending = [Char("\n", line.stop, line.end)] if line.end > line.stop else []
        if start == line.stop:
            pending += ending
            continue
        blank = text[start] in " \t"
        if header.startswith(">") and pending and chars and not spaced and not blank:
            pending = pending[1:] or [pending[0]._replace(char=" ")]
        chars += pending
        chars += [Char(text[at], at, at + 1) for at in range(start, line.stop)]
        pending = ending
        spaced = blank
    return _chomp(header, chars, pending)


def _chomp(header: str, chars: list[Char], pending: list[Char]) -> list[Char]:
    """Return `chars` with the line ends at their end that the block's header keeps."""
    if "-" in header:
        return chars
    if "+" in header:
        return chars + pending
    return chars + (pending[:1] if chars else [])
