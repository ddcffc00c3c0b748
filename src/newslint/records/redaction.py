"""Redaction: secret values never appear in reports, logs, diffs and caches."""

import re
from collections.abc import Iterator

from newslint.documents import Document
from newslint.syntax import Problem, Value
from newslint.syntax.redaction import MASK, SECRET_KEYS, SECURED, may_contain_secret
from newslint.syntax.registry import all_syntaxes
from newslint.text import SourceText
from newslint.text.lazy_pattern import lazy_pattern

_LINE = lazy_pattern(r"[^\r\n]+")
_LETTERS = (
    rf"(?:{letter}|\\(?:x|u00|U000000)(?:{ord(letter):x}|{ord(letter.upper()):x}))"
    for letter in SECURED
)
_WORD = r"(?:\\(?:\r\n?|\n)[ \t]*+)?".join(_LETTERS)
"""The name of the field with any of its letters escaped, and escaped line ends between them."""

_KEY = lazy_pattern(
    rf"(?:^|(?<=[\s{{\[,\"'?-]))[\"']?{_WORD}[\"']?\s*[:=]", re.IGNORECASE | re.MULTILINE
)
_KEY_OR_PART = lazy_pattern(rf"(?<!\w){_WORD}(?!\w)[\"']?(?:\s*:)?", re.IGNORECASE)
"""In text that cannot be parsed: `? secured`, `? |-` above it, and `&x secured` are keys, too."""

_ALIAS = lazy_pattern(r"\*([^\s,\[\]{}]+)")
_ANCHOR = lazy_pattern(r"&([^\s,\[\]{}]+)")
_ANCHORED_KEY = lazy_pattern(
    rf"(?:^|(?<=[\s,\[{{]))&([^\s,\[\]{{}}]+)\s+(?:[!|>]\S*\s+)*[\"']?{_WORD}(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)
"""The name of the field with an anchor, such as `&x secured`, which makes `*x : 1` a secret."""

_ALIASED_KEY = lazy_pattern(r"(?:^|(?<=[\s,\[{]))\*([^\s,\[\]{}]+)[ \t]+:", re.MULTILINE)
_INDENT = lazy_pattern(r"[ \t]*+(?:[-?] +)*+")
_OTHER_KEY = lazy_pattern(r"\s*(?:- +)?[\"']?[\w-]+[\"']?\s*:(?:\s|$)|---|\.\.\.")
_VISIBLE = lazy_pattern(r"\S")
_UNREADABLE = "the {} of a secret value cannot be read; put the value in quotes"
_REDACTED_MESSAGES = {
    **{each.syntax_rule: _UNREADABLE.format(each.label) for each in all_syntaxes()},
    "yaml-limits": "a secret value is too much to be read",
    "duplicate-key": "a key of a secret value is given twice; parsers keep the last",
}
"""Messages by rule that replace those which might quote a secret value."""


def redact(document: Document) -> SourceText:
    """Replace each visible character of the secret values in `document` by a bullet.

    All other characters keep their offsets. If the front matter cannot be parsed, and for values
    that a duplicate key overrides, `find_secret_lines` decides which lines are secret.
    """
    text = document.source.text
    if not may_contain_secret(text):
        return document.source
    pieces: list[str] = []
    done = 0
    for start, end in sorted({*_secret_lines(document), *_secret_values(document)}):
        first = max(start, done)
        pieces += text[done:first], _VISIBLE.sub(MASK, text[first:end])
        done = max(first, end)
    return SourceText("".join(pieces) + text[done:])


def redact_problem(document: Document, problem: Problem) -> Problem:
    """Replace message and pointer of a problem that concerns a secret value."""
    keys = problem.pointer.split("/")
    depth = next((index for index, key in enumerate(keys) if key in SECRET_KEYS), None)
    if depth is None and not _overlaps_secret_line(document, problem):
        return problem
    message = _REDACTED_MESSAGES.get(problem.rule, "something is wrong with a secret value")
    return problem._replace(
        message=message,
        pointer="/".join(keys[: None if depth is None else depth + 1]),
        identity="",
    )


def _overlaps_secret_line(document: Document, problem: Problem) -> bool:
    """Check whether a problem is in lines that look like a secret value."""
    text = document.source.text
    if not may_contain_secret(text) or problem.rule not in _REDACTED_MESSAGES:
        return False
    start, end = map(document.source.offset, problem.span)
    return any(
        first <= end and start <= last
        for first, last in find_secret_lines(text, is_parsed=bool(document.roots))
    )


def find_secret_lines(text: str, *, is_parsed: bool = False) -> Iterator[tuple[int, int]]:
    """Yield start and end offsets (0-based) of lines in `text` that look like a secret value.

    These are the lines of the field `secured` and, if it is an alias, those of the anchor.

    Args:
        text: The text.
        is_parsed: Whether the text could be parsed; if not, the name of the field is taken for a
            key wherever it is a word of its own.
    """
    pattern = _KEY if is_parsed else _KEY_OR_PART
    found = list(_scan_lines(text, pattern, frozenset()))
    anchors = frozenset(name for offsets in found for name in _ALIAS.findall(text, *offsets))
    if not is_parsed:
        anchors |= frozenset(_ANCHORED_KEY.findall(text))
    yield from _scan_lines(text, pattern, anchors) if anchors else found


def _scan_lines(
    text: str, pattern: re.Pattern[str], anchors: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the offsets of lines that belong to `secured` or to one of `anchors`.

    A value goes on in lines that are indented more than its key, in lines without a key, and up to
    the end of its brackets.
    """
    starts = _secret_starts(text, pattern, anchors)
    first = min(starts, default=len(text))
    line_start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    indent, brackets = -1, 0
    position = 0
    for line in _LINE.finditer(text, line_start):
        while position < len(starts) and starts[position] < line.start():
            position += 1
        is_start = position < len(starts) and starts[position] <= line.end()
        if is_start:
            secret = starts[position]
            if indent < 0:
                indent = _indentation(line[0])
                brackets = 0
        elif indent >= 0 and (
            brackets > 0 or _indentation(line[0]) > indent or not _OTHER_KEY.match(line[0])
        ):
            secret = line.start()
        else:
            indent = -1
            continue
        brackets += _count_open(text[secret : line.end()])
        yield secret, line.end()


def _secret_starts(text: str, pattern: re.Pattern[str], anchors: frozenset[str]) -> list[int]:
    """List the 0-based offsets at which a secret may start, in ascending order."""
    starts = [match.end() for match in pattern.finditer(text)]
    if anchors:
        for reference in (_ANCHOR, _ALIASED_KEY):
            starts += [each.end() for each in reference.finditer(text) if each[1] in anchors]
    return sorted(starts)


def _indentation(line: str) -> int:
    """Compute the column of the first character of a line that is no dash of a list."""
    match = _INDENT.match(line)
    return match.end() if match else 0


def _count_open(part: str) -> int:
    """Count the brackets in a part of a line that are not closed in it; never less than zero."""
    return sum(map(part.count, "[{")) - sum(map(part.count, "]}"))


def _secret_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets of lines in the front matter of `document` that look secret."""
    end = document.body_start or len(document.source.text)
    is_parsed = bool(document.roots) and not document.problems
    yield from find_secret_lines(document.source.text[:end], is_parsed=is_parsed)


def _secret_values(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the secret values in the parsed front matter of `document`.

    Fragments whose text cannot contain the name of the field are skipped.
    """
    stack = [*document.roots]
    while stack:
        value = stack.pop()
        if is_secret(value):
            for start, end in (scalar.span for scalar in value.scalars()):
                yield document.source.offset(start), document.source.offset(end)
        elif may_contain_secret(value.fragment.source.text):
            stack += [child for key, child in value.items() if value.owns(key)]


def is_secret(value: Value) -> bool:
    """Check whether `value` is secret or part of a secret value."""
    return not SECRET_KEYS.isdisjoint(value.pointer.split("/"))
