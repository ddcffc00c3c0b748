"""Strings of JSON: the map from their characters to their source, and new ones."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

from newslint.syntax.characters import CharacterMap, SourceRun
from newslint.syntax.protocol import Literal, Replacement
from newslint.syntax.style import is_literal
from newslint.text.location import splice

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)


def map_characters(raw: str, style: str, value: str) -> CharacterMap | None:
    """Map the characters of a string to its source (see `Syntax.map_characters`)."""
    if is_literal(style):
        return None
    runs = list(_runs(raw))
    return CharacterMap(runs) if "".join(run.text for run in runs) == value else None


def _runs(raw: str) -> Iterator[SourceRun]:
    """Yield the runs of a string's source, without its quotes."""
    start, end = 1, len(raw) - 1
    for match in _ESCAPE.finditer(raw, start, end):
        if start < match.start():
            yield SourceRun(raw[start : match.start()], start, match.start())
        yield SourceRun(json.loads(f'"{match[0]}"'), *match.span())
        start = match.end()
    if start < end:
        yield SourceRun(raw[start:end], start, end)


def write_text(text: str) -> str:
    """Write a text between double quotes."""
    return json.dumps(text, ensure_ascii=False)


def write_literal(value: Any, style: str, original: str) -> str:
    """Write a value in the place of another one (see `Syntax.write_literal`)."""
    if isinstance(value, date | time):
        return write_text(value.isoformat())
    text = value if isinstance(value, str) else json.dumps(value)
    is_text = isinstance(value, str) and not isinstance(value, Literal)
    if is_text or not is_literal(style) or not is_literal(original) or not _is_literal(text):
        return write_text(text)
    return text


def _is_literal(text: str) -> bool:
    """Check if a text is the source of a number, a boolean or null."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return not isinstance(found, str | list | dict)


def can_replace(raw: str, written: Sequence[Replacement], wanted: str) -> bool:
    """Check that a string reads as `wanted` after parts of its source are replaced."""
    try:
        return bool(json.loads(splice(raw, written)) == wanted)
    except ValueError:
        return False
