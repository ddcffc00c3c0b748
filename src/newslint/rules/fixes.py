"""Functions that create fixes and summarise text damage for rules."""

from collections.abc import Sequence
from typing import Any

from newslint._deprecation import warn_renamed
from newslint.diagnostics import THIS_ENTRY, Edit, Fix, Safety, quote_value
from newslint.records import Description, Mention, Target, Text
from newslint.records.text_damage import TextDamage
from newslint.syntax.writing import Literal, Replacement, write_literal, write_parts, write_text
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import splice

_TAG_START = lazy_pattern("<[A-Za-z/!]")
_TAG_CHARACTERS = frozenset("<>")


def replace_parts(
    text: Text, parts: Sequence[Replacement], title: str, safety: Safety = Safety.SAFE
) -> Fix | None:
    """Create a fix that replaces parts of a text; None if nothing can be replaced.

    Nothing replaces a key: templates and other files refer to it.

    Args:
        text: A string of the front matter, or of the body.
        parts: The parts with their new texts, in order and without overlaps.
        title: Description of the change, in the imperative.
        safety: Whether it may be applied without review.
    """
    if text.is_key:
        return None
    if text.scalar is not None:
        replacements = write_parts(text.scalar, parts)
    else:
        replacements = [(text.part(start, end).location.span, new) for start, end, new in parts]
    edits = tuple(Edit(span, new) for span, new in replacements)
    return Fix(title, safety, edits, everywhere=True) if edits else None


def replace_value(target: Target, new: str, title: str, safety: Safety = Safety.SAFE) -> Fix | None:
    r"""Create a fix that replaces the value at `target` by a text, written in the value's style.

    A final `\n` is part of the style: a block scalar keeps its own, and no other value gets one.

    Args:
        target: The value to replace.
        new: The new text.
        title: Description of the change, in the imperative.
        safety: Whether it may be applied without review.

    Returns:
        The fix; None if the value has aliases, because the old text may be right there.
    """
    new = new.removesuffix("\n") + ("\n" if target.block and target.value.endswith("\n") else "")
    return _replace(target, write_text(new, target.style, target.block), title, safety)


def replace_literal(
    target: Target, value: Any, title: str, style: str = "", safety: Safety = Safety.SAFE
) -> Fix | None:
    """Create a fix that replaces the value at `target` by a number, a boolean, a date or a text.

    Args:
        target: The value to replace; if it is quoted, the new one is quoted, too.
        value: The new value. A text is quoted; a `Literal` is written as it is, if the syntax of
            the target allows that.
        title: Description of the change, in the imperative.
        style: The style of a `Literal` at the place that it is copied from.
        safety: Whether it may be applied without review.

    Returns:
        The fix; None if the value has aliases, because the old value may be right there.
    """
    text = write_literal(value, target.style, target.block, style)
    return _replace(target, text, title, safety)


def replace_source(
    target: Target, source: str, title: str, style: str = "", safety: Safety = Safety.SAFE
) -> Fix | None:
    """Create a fix that replaces a value by source text: the old name of `replace_literal`."""
    warn_renamed("replace_source", "replace_literal")
    return replace_literal(target, Literal(source), title, style, safety)


def _replace(target: Target, source: str, title: str, safety: Safety) -> Fix | None:
    """Create a fix that replaces the value at `target` by `source`; None if it has aliases."""
    if target.is_shared:
        return None
    return Fix(title, safety, (Edit(target.location.span, source),))


def remove_entry(entry: Mention | Description, title: str, safety: Safety) -> Fix:
    """Create a fix that removes an entry from its list.

    It applies to each occurrence of a description that can be removed.
    """
    lines = (entry if isinstance(entry, Description) else entry.description).lines
    own = () if lines is None else (Edit(lines, ""),)
    return Fix(title, safety, own, THIS_ENTRY)


def decode_damage(text: Text, damage: Sequence[TextDamage], title: str) -> Fix | None:
    """Create a fix that decodes HTML entities or percent-encoding; None if nothing can be decoded.

    If decoding would create an HTML tag, `<` and `>` stay encoded, so that text does not become
    markup.

    Args:
        text: The text.
        damage: The encoded characters in it.
        title: Description of the change, in the imperative.
    """
    parts = [Replacement(each.start, each.end, each.original) for each in damage]
    if len(_TAG_START.findall(splice(text.value, parts))) > len(_TAG_START.findall(text.value)):
        parts = [part for part in parts if not _TAG_CHARACTERS & set(part.new)]
    return replace_parts(text, parts, title) if parts else None


def summarise_damage(damage: Sequence[TextDamage], verb: str) -> str:
    """Describe the first damage of a text and count the rest, for a message.

    For example, `'â€™' was '’' and 2 more in this text`.

    Args:
        damage: All damage of one text.
        verb: The verb between the damaged and the original text: `was` or `is`.
    """
    first = damage[0]
    original = quote_value(first.original) if first.original else "a byte-order mark"
    more = f" and {len(damage) - 1} more in this text" if len(damage) > 1 else ""
    return f"{quote_value(first.text)} {verb} {original}{more}"
