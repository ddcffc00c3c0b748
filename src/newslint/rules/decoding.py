"""Writes encoded characters as themselves: what the rules on encodings share."""

import re
from collections.abc import Sequence

from newslint.rules.api import Fix, Part, Text, TextDamage, replace_parts
from newslint.text.location import splice

_TAG = re.compile("<[A-Za-z/!]")
_OF_TAGS = frozenset("<>")


def decoding(text: Text, found: Sequence[TextDamage]) -> Fix | None:
    """Return the fix that writes what is encoded in `text` as what it stands for.

    Where a `<` would start a tag, `<` and `>` stay encoded: what is shown as text would be markup.
    """
    parts = [Part(each.start, each.end, each.original) for each in found]
    if len(_TAG.findall(splice(text.value, parts))) > len(_TAG.findall(text.value)):
        parts = [part for part in parts if not _OF_TAGS & set(part.new)]
    return replace_parts(text, parts, "Write the characters themselves") if parts else None
