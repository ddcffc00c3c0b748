"""What a rule's docstring and fields say, taken apart for whoever shows it."""

import inspect
import re
from typing import NamedTuple

from newslint.rules.api import Rule

_BETWEEN = re.compile(r"\n\n|\n(?=Why: |Fix safety: )")


class Option(NamedTuple):
    """An option of a rule.

    Attributes:
        name: As settings write it, with dashes.
        default: What holds when it is not set.
        description: What it does.
    """

    name: str
    default: str
    description: str


class Explanation(NamedTuple):
    """What there is to say about a rule.

    Attributes:
        summary: One sentence.
        details: Paragraphs that go on.
        why: What harm the problem does.
        fix_safety: Why a fix must be looked at; empty where all are safe or there are none.
        options: Sorted by name.
    """

    summary: str
    details: tuple[str, ...]
    why: str
    fix_safety: str
    options: tuple[Option, ...]


def explain(rule: type[Rule]) -> Explanation:
    """Return what there is to say about `rule`."""
    summary, *rest = (" ".join(part.split()) for part in _paragraphs(rule))
    marked = {}
    details = []
    for paragraph in rest:
        label, found, text = paragraph.partition(": ")
        if found and label in ("Why", "Fix safety"):
            marked[label] = text
        else:
            details.append(paragraph)
    return Explanation(
        summary, tuple(details), marked.get("Why", ""), marked.get("Fix safety", ""), _options(rule)
    )


def _paragraphs(rule: type[Rule]) -> list[str]:
    """Return the paragraphs of a rule's docstring; what has a label is one by itself."""
    return _BETWEEN.split(inspect.getdoc(rule) or "")


def _options(rule: type[Rule]) -> tuple[Option, ...]:
    """Return the options of a rule."""
    return tuple(
        Option(name.replace("_", "-"), repr(field.default), field.description or "")
        for name, field in sorted(rule.model_fields.items())
    )
