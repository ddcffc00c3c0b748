"""The map from characters of a scalar's value to characters of its source.

A value's text differs from its source by escapes, folded lines and indentation. The functions here
read a scalar's source according to YAML 1.1 (chapters 5.7 and 7 to 9), line by line, and yield the
value in runs: stretches that are the same in the source, and single characters that are not.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.syntax.characters import CharacterMap, SourceRun
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.source_text import LINE_END

_ESCAPES = dict(zip('0abtnvfre "/\\N_LP', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029'))  # noqa: B905 # both strings are written here
BLOCK_STYLES = frozenset({"|", ">"})
"""The indicators of block scalars, which consist of whole lines."""

_NOT_VERBATIM = {
    '"': lazy_pattern(r"\\(?:x..|u....|U........|.)", re.DOTALL),
    "'": lazy_pattern("''"),
    "": lazy_pattern(r"(?!)"),
}
"""The escapes for a single character, by the style of the scalar."""


class _Line(NamedTuple):
    """A line of source: the offsets of its start, of the end of its text and of its line end."""

    start: int
    stop: int
    end: int


def map_characters(raw: str, style: str, value: str) -> CharacterMap | None:
    """Map the characters of a scalar's text to its source.

    Args:
        raw: The scalar's source, quotes and block header included.
        style: Its quote or block indicator, or empty for a plain scalar.
        value: Its text.

    Returns:
        None if `raw` does not read as `value`.
    """
    if style in BLOCK_STYLES:
        runs = list(_block_runs(raw, style, value))
    else:
        quote = len(style)
        runs = list(_flow_runs(raw, quote, len(raw) - quote, style))
    return CharacterMap(runs) if "".join(run.text for run in runs) == value else None


def _lines(raw: str, start: int, end: int) -> Iterator[_Line]:
    """Yield the lines of a stretch of source; after a line end there is another, perhaps empty."""
    for match in LINE_END.finditer(raw, start, end):
        yield _Line(start, match.start(), match.end())
        start = match.end()
    yield _Line(start, end, end)


def _flow_runs(raw: str, start: int, end: int, style: str) -> Iterator[SourceRun]:
    """Yield the runs of a plain or quoted scalar, whose lines are folded."""
    ends: list[SourceRun] = []
    glued = False
    for line in _lines(raw, start, end):
        is_last = line.stop == line.end
        escaped = style == '"' and not is_last and _is_escaped(raw, line.start, line.stop)
        first = line.start if line.start == start else _after_blanks(raw, line)
        last = line.stop - 1 if escaped else _before_blanks(raw, first, line, style)
        if first < last or escaped or is_last:
            yield from _fold(ends, glued=glued)
            yield from _line_runs(raw, first, last, _NOT_VERBATIM[style])
            ends, glued = [], escaped
        if not escaped:
            ends.append(SourceRun("\n", line.stop, line.end))


def _is_escaped(raw: str, start: int, stop: int) -> bool:
    """Check if the character at `stop` is escaped: an odd number of backslashes precede it."""
    return (stop - start - len(raw[start:stop].rstrip("\\"))) % 2 == 1


def _after_blanks(raw: str, line: _Line) -> int:
    """Find the start of the text of a folded line."""
    return line.stop - len(raw[line.start : line.stop].lstrip(" \t"))


def _before_blanks(raw: str, start: int, line: _Line, style: str) -> int:
    """Find the end of the text of a folded line; blanks before the closing quote are text."""
    if line.stop == line.end:
        return line.stop
    stop = start + len(raw[start : line.stop].rstrip(" \t"))
    blank_is_escaped = style == '"' and stop < line.stop and _is_escaped(raw, start, stop)
    return stop + 1 if blank_is_escaped else stop


def _fold(ends: list[SourceRun], *, glued: bool) -> list[SourceRun]:
    """Fold successive line ends: a single one to a space, several to all but the first.

    After an escaped line end (`glued`), all of them are kept.
    """
    if glued:
        return ends
    return [SourceRun(" ", ends[0].start, ends[0].end)] if len(ends) == 1 else ends[1:]


def _line_runs(raw: str, start: int, stop: int, other: re.Pattern[str]) -> Iterator[SourceRun]:
    """Yield the runs of a stretch of one line."""
    for match in other.finditer(raw, start, stop):
        if start < match.start():
            yield SourceRun(raw[start : match.start()], start, match.start())
        yield SourceRun(unescape(match[0]), *match.span())
        start = match.end()
    if start < stop:
        yield SourceRun(raw[start:stop], start, stop)


def unescape(escape: str) -> str:
    """Convert an escape or a doubled quote to the character that it denotes."""
    if len(escape) > 2:  # noqa: PLR2004 # a backslash and a letter; digits follow
        return chr(int(escape[2:], 16))  # noqa: FURB166 # there is no prefix
    return _ESCAPES.get(escape[1], escape[1])


def _block_runs(raw: str, style: str, value: str) -> Iterator[SourceRun]:
    """Yield the runs of a block scalar."""
    header, *lines = _lines(raw, 0, len(raw))
    indent = _indent([raw[line.start : line.stop] for line in lines], value)
    ends: list[SourceRun] = []
    began = False
    spaced = True
    for line in lines:
        start = line.start + indent
        if start < line.stop:
            blank = raw[start] in " \t"
            folds = style == ">" and not (spaced or blank)
            yield from _fold(ends, glued=False) if folds else ends
            yield SourceRun(raw[start : line.stop], start, line.stop)
            ends, spaced, began = [], blank, True
        if line.stop < line.end:
            ends.append(SourceRun("\n", line.stop, line.end))
    yield from _chomp(ends, raw[: header.stop], began=began)


def _indent(lines: Iterable[str], value: str) -> int:
    """Compute the indentation of a block scalar's lines from the first line of its value.

    The header does not contain it: its digit counts from the indentation of the parent.
    """
    filled = next((line for line in lines if line.strip(" ")), None)
    if filled is None:
        return max(map(len, lines), default=0) - max(map(len, value.split("\n")))
    before = len(value) - len(value.lstrip(" \n"))
    own = before - value.rfind("\n", 0, before) - 1
    return len(filled) - len(filled.lstrip(" ")) - own


def _chomp(ends: list[SourceRun], header: str, *, began: bool) -> list[SourceRun]:
    """Select the line ends after the text that a block scalar's header keeps."""
    indicators = header.split("#", 1)[0]
    if "+" in indicators:
        return ends
    return ends[:1] if began and "-" not in indicators else []


def block_end(text: str, start: int, end: int, value: str) -> int:
    """Find the end of a block scalar, after the last line that contributes to its text.

    libyaml's mark comes after all blank lines below, which are part of the scalar only if kept.
    """
    header = next(_lines(text, start, end))
    if "+" in text[header.start : header.stop].split("#", 1)[0]:
        return end
    if not value.rstrip("\n").endswith(" "):
        filled = start + len(text[start:end].rstrip(" \r\n"))
        line_end = LINE_END.search(text, filled, end)
        return line_end.end() if line_end else end
    return _end_of_spaces(text, start, end, value)


def _end_of_spaces(text: str, start: int, end: int, value: str) -> int:
    """Find the end of a block scalar whose last line may consist of spaces."""
    header, *lines = _lines(text, start, end)
    indent = _indent([text[line.start : line.stop] for line in lines], value)
    last = next((line for line in reversed(lines) if line.stop > line.start + indent), header)
    return last.end
