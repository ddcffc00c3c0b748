"""Redaction: secret values never appear in reports, logs, diffs and caches."""

import re
from collections.abc import Iterator

from newslint.documents import Document
from newslint.syntax import Problem
from newslint.syntax.yaml import Value
from newslint.syntax.yaml.redaction import SECURED
from newslint.text import SourceText

_LINE = re.compile(r"[^\r\n]+")
_KEY = re.compile(rf"(?:^|(?<=[\s{{,\"'-]))[\"']?{SECURED}[\"']?\s*:")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_OTHER_KEY = re.compile(r"\s*(?:- +)?[\"']?[\w-]+[\"']?\s*:(?:\s|$)|---|\.\.\.")
_VISIBLE = re.compile(r"\S")
MASK = "•"
_REDACTED_MESSAGES = {
    "yaml-syntax": "the YAML of a secret value cannot be read; put the value in quotes",
    "yaml-limits": "a secret value is too much to be read",
    "duplicate-key": "a key of a secret value is given twice; YAML parsers silently keep the last",
}
"""Messages by rule that replace those which might quote a secret value."""


def redact(document: Document) -> SourceText:
    """Replace each visible character of the secret values in `document` by a bullet.

    All other characters keep their offsets. If the front matter cannot be parsed, and for values
    that a duplicate key overrides, `find_secret_lines` decides which lines are secret.
    """
    text = document.source.text
    if SECURED not in text:
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
    above, found, _ = f"{problem.pointer}/".partition(f"/{SECURED}/")
    if not found and not _overlaps_secret_line(document, problem):
        return problem
    message = _REDACTED_MESSAGES.get(problem.rule, "something is wrong with a secret value")
    return problem._replace(message=message, pointer=above + found.rstrip("/"))


def _overlaps_secret_line(document: Document, problem: Problem) -> bool:
    """Check whether a problem is in lines that look like a secret value."""
    text = document.source.text
    if SECURED not in text or problem.rule not in _REDACTED_MESSAGES:
        return False
    start, end = map(document.source.offset, problem.span)
    return any(first <= end and start <= last for first, last in find_secret_lines(text))


def find_secret_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end offsets (0-based) of lines in `text` that look like a secret value.

    These are the lines of the field `secured` and, if it is an alias, those of the anchor.
    """
    found = list(_scan_lines(text, frozenset()))
    anchors = frozenset(name for offsets in found for name in _ALIAS.findall(text, *offsets))
    yield from _scan_lines(text, anchors) if anchors else found


def _scan_lines(text: str, anchors: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the offsets of lines that belong to `secured` or to one of `anchors`."""
    inside = False
    first = 0 if anchors else max(text.find(SECURED), 0)
    start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    for line in _LINE.finditer(text, start):
        secret = _secret_start(line[0], anchors)
        if secret is not None:
            yield line.start() + secret, line.end()
        elif inside and not _OTHER_KEY.match(line[0]):
            yield line.span()
        else:
            inside = False
        inside = inside or secret is not None


def _secret_start(line: str, anchors: frozenset[str]) -> int | None:
    """Find the 0-based offset at which a line becomes secret; None if it does not."""
    key = _KEY.search(line)
    starts = [] if key is None else [key.end()]
    if anchors:
        starts += [match.end() for match in _ANCHOR.finditer(line) if match[1] in anchors]
    return min(starts, default=None)


def _secret_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets of lines in the front matter of `document` that look secret."""
    end = document.body_start or len(document.source.text)
    yield from find_secret_lines(document.source.text[:end])


def _secret_values(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the secret values in the parsed front matter of `document`.

    Fragments whose text lacks the word `secured`, as most entries of `related`, are skipped.
    """
    stack = [*document.roots]
    while stack:
        value = stack.pop()
        if is_secret(value):
            for start, end in (scalar.span for scalar in value.scalars()):
                yield document.source.offset(start), document.source.offset(end)
        elif SECURED in value.fragment.source.text:
            stack += [child for key, child in value.items() if value.owns(key)]


def is_secret(value: Value) -> bool:
    """Check whether `value` is secret or part of a secret value."""
    return SECURED in value.pointer.split("/")
