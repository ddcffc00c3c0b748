"""Explanations of text where front matter should start."""

import re

from newslint.documents.metadata_lines import KEY, find_metadata_key
from newslint.text.source_text import SourceText

_FENCE_ABOVE_KEY = re.compile(rf"(?:(?<=[\r\n])|\A)---[ \t]*(?:\r\n|\n|\r)(?={KEY})")
_CLOSING_FENCE = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_STARTS = (
    (re.compile("<!--"), "an HTML comment"),
    (re.compile("#|//|/\\*"), "a comment"),
    (re.compile("%(?:YAML|TAG)"), "a YAML directive"),
    (re.compile("```|~~~"), "a code fence"),
    (re.compile(r"\{[%{#]|<[%?]"), "a template tag"),
)
"""Text that may come before front matter by mistake."""

_TEMPLATE = re.compile(r"\{[%{#]|<[%?]")
_TITLE_ABOVE_FENCE = re.compile(r"(?:title|layout|date):[ \t].*\r?\n---[ \t]*(?:\r?\n|\Z)")


def explain_start(source: SourceText, start: int) -> str:
    """Explain a file that starts with something else than front matter; empty if it is just text.

    Args:
        source: The file.
        start: The 0-based offset of its first visible line.
    """
    return _explain_late_fence(source, start) or _explain_other_start(source, start)


def _explain_late_fence(source: SourceText, start: int) -> str:
    """Explain text above the fence; empty if there is no fence with a key below it."""
    fence = _FENCE_ABOVE_KEY.search(source.text, start)
    if fence is None or _CLOSING_FENCE.search(source.text, fence.end()) is None:
        return ""
    text = source.text[start:].lstrip()
    name = next((name for pattern, name in _STARTS if pattern.match(text)), "text")
    number = source.position(fence.start()).line
    return (
        f"{name} is above the '---' that opens the front matter in line {number:,}, which must be "
        "the file's first line; move it below the front matter, or delete it"
    )


def _explain_other_start(source: SourceText, start: int) -> str:
    """Explain a start of another kind; empty if it is just text."""
    text = source.text[start:].lstrip()
    template = _TEMPLATE.match(text)
    if template:
        return (
            f"the file starts with a template tag ('{template[0]}'), not with a '---' line; "
            "move it below the front matter"
        )
    key = find_metadata_key(text)
    if not key and not _TITLE_ABOVE_FENCE.match(text):
        return ""
    if _CLOSING_FENCE.search(text):
        return "the '---' that opens the front matter is missing; add it above this line"
    return (
        f"no front matter: the file starts with metadata lines ('{key}: …'), which newslint does "
        "not read; put them between two '---' lines"
    )
