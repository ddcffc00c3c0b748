"""Code in the text below the front matter: its characters are meant as they are.

Only what is certainly code counts: a paragraph of a list that is indented is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import PurePosixPath

import msgspec

from newslint.text.lazy_pattern import lazy_pattern

_MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
_WITHOUT_INDENTED = frozenset({".mdx"})

_MAY_BE_CODE = lazy_pattern(
    r"`|~~~|(?:^|[\r\n])(?: {4}| {0,3}\t)|<(?:pre|code|script|style)", re.IGNORECASE
)
_LINE = lazy_pattern(r"([^\r\n]+)(?:\r\n?|\n)?|\r\n?|\n")
_INDENTED = lazy_pattern(r" {4}| {0,3}\t")
_ITEM = r"(?:[-*+:]|\d{1,9}[.)]|\[\^[^\]\r\n]{1,99}\]:|!!!|\?\?\?)"
_STARTS_ITEM = lazy_pattern(rf"[ \t>]*{_ITEM}(?:[ \t]|$)")
_STARTS_BLOCK = lazy_pattern(rf"[ \t>]*(?:#|{_ITEM}(?:[ \t]|$))")
_FENCE = lazy_pattern(rf"[ \t>]*(?:{_ITEM}[ \t]+)?(`{{3,}}(?=[^`]*$)|~{{3,}})")
_BACKTICKS = lazy_pattern("`+")
_TAG = lazy_pattern(r"<(/?)(pre|code|script|style)(?=[\s>/])[^<>]*>?", re.IGNORECASE)

_Key = int | str | None


class _Mark(msgspec.Struct, frozen=True):
    """A delimiter of code.

    Attributes:
        start: Its start if it opens code.
        end: Its end if it closes code.
        opens: The code that it may open, by the key of the delimiter that closes it.
        closes: The code that it may close.
    """

    start: int
    end: int
    opens: _Key
    closes: _Key


def find_code(text: str, path: str) -> list[tuple[int, int]]:
    """Find the code in the text below a front matter, in linear time.

    In Markdown it is between fences, in code spans and indented; everywhere it is in the HTML
    elements `pre`, `code`, `script` and `style`.

    Args:
        text: The text below the front matter.
        path: The path of the file, whose suffix determines if the text is Markdown.

    Returns:
        The start and end offsets of the code, sorted and without overlaps.
    """
    if not _MAY_BE_CODE.search(text):
        return []
    suffix = PurePosixPath(path).suffix.lower()
    found: list[tuple[int, int]] = []
    if suffix in _MARKDOWN:
        found = list(_markdown_code(text, has_indented=suffix not in _WITHOUT_INDENTED))
    return _merge([*found, *_pair(_outside(_tags(text), found))])


def split_outside(start: int, end: int, code: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that are outside of `code`, which is sorted."""
    for at in range(bisect_right(code, start, key=itemgetter(1)), len(code)):
        code_start, code_end = code[at]
        if code_start >= end:
            break
        if start < code_start:
            yield start, code_start
        start = code_end
    if start < end:
        yield start, end


def _markdown_code(text: str, *, has_indented: bool) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each code span, and of each line of a code block, in order."""
    fence = ""
    after_blank, after_code, in_list = True, False, False
    block, end = 0, 0
    for line in _LINE.finditer(text):
        content = line[1] or ""
        found = _FENCE.match(content)
        is_blank = not content.strip()
        is_indented = bool(_INDENTED.match(content)) and not is_blank
        is_item = bool(_STARTS_ITEM.match(content))
        in_block = has_indented and is_indented and not in_list and (after_blank or after_code)
        is_code = bool(fence) or in_block
        if fence:
            fence = "" if _closes(content, fence) else fence
        elif found and not in_block and (in_list or not is_indented):
            fence, is_code = found[1], True
        if is_code or is_blank or _STARTS_BLOCK.match(content):
            yield from _code_spans(text, block, line.start())
            block = line.start()
        if is_code:
            yield line.start(), line.end()
            block = line.end()
        elif not is_blank:
            in_list = is_item or (in_list and not (after_blank and content[0] not in " \t"))
        after_blank, after_code = is_blank, in_block or (after_code and is_blank)
        end = line.end()
    yield from _code_spans(text, block, end)


def _closes(line: str, fence: str) -> bool:
    """Check if a line closes the code block that a fence has opened."""
    closing = line.strip(" \t>")
    return len(closing) >= len(fence) and not closing.strip(fence[0])


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each code span in a block of text."""
    marks = []
    for each in _BACKTICKS.finditer(text, start, end):
        is_escaped = _count_backslashes(text, each.start()) % 2
        length = len(each[0])
        marks.append(_Mark(each.start() + is_escaped, each.end(), length - is_escaped, length))
    yield from _pair(marks)


def _count_backslashes(text: str, end: int) -> int:
    """Count the backslashes in front of an offset."""
    at = end
    while at and text[at - 1] == "\\":
        at -= 1
    return end - at


def _tags(text: str) -> Iterator[_Mark]:
    """Yield the tags of the HTML elements that contain code."""
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        yield _Mark(tag.start(), tag.end(), None if tag[1] else name, name if tag[1] else None)


def _pair(marks: Iterable[_Mark]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of code: each from a mark to the next one that closes it."""
    marks = list(marks)
    closing: list[int | None] = [None] * len(marks)
    last: dict[_Key, int] = {}
    for at in range(len(marks) - 1, -1, -1):
        mark = marks[at]
        closing[at] = last.get(mark.opens) if mark.opens else None
        if mark.closes:
            last[mark.closes] = at
    at = 0
    while at < len(marks):
        closed_by = closing[at]
        if closed_by is not None:
            yield marks[at].start, marks[closed_by].end
            at = closed_by
        at += 1


def _outside(marks: Iterable[_Mark], code: list[tuple[int, int]]) -> Iterator[_Mark]:
    """Yield the marks that do not start in `code`; both are sorted."""
    at = 0
    for mark in marks:
        while at < len(code) and code[at][1] <= mark.start:
            at += 1
        if at == len(code) or mark.start < code[at][0]:
            yield mark


def _merge(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge ranges that overlap or touch, and sort them."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
