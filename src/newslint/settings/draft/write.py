"""Writes drafted settings as a person would: few, and each with its reason."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newslint.settings.draft.collection import NEWS, Draft
from newslint.settings.draft.site import Site

_WIDEST = 100
_FORBIDDEN = re.compile("[\x7f\ud800-\udfff]")
"""What JSON writes as it is and TOML does not take."""

_HEAD = """\
# Settings of newslint, drafted by `newslint init` from {found}.
# `newslint config show PATH` tells what applies to a file, and why.

# Records are judged by the day of the run. Pin another one, and a report stays what it is:
# today = 2026-01-31

# `newslint check` fails where something is found at this level or above: info, warning or error.
# fail-level = "error"

# Rules, or categories of them, that are not to run anywhere: see `newslint rules`.
# ignore = ["uncached-image"]

# To let pass what the archive holds already and hear of what is new only, start a baseline:
# `newslint baseline create` writes one, and tells which line to put here.

# Each collection is a kind of records, with the schema that they are held against. A file belongs
# to the first collection whose paths name it (patterns as in .gitignore, from this folder on).
# Files of none are left alone.
"""


def write_settings(site: Site, drafts: Iterable[Draft], schemas: Mapping[str, str]) -> str:
    """Return the text of a settings file.

    Args:
        site: What was found.
        drafts: Its collections.
        schemas: By the name of a collection: the file of its own schema, relative to the settings.
    """
    found = f"a {site.generator} site ({site.evidence})" if site.generator else "a folder"
    parts = [_HEAD.format(found=found)]
    parts += ["\n".join((*_collection(draft, schemas), "")) for draft in drafts]
    return "\n".join(parts)


def _collection(draft: Draft, schemas: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a collection."""
    yield "[[collections]]"
    yield f"name = {_text(draft.name)}"
    yield f"paths = {_value(draft.paths)}"
    if draft.schema is None:
        yield f"# {draft.fits:,} of {draft.records:,} records fit the schema that is built in."
        yield f"schema = {_text(NEWS)}"
    else:
        yield f"# Drafted from the {draft.records:,} records, which all fit: read and tighten it."
        yield f"schema = {_text(schemas[draft.name])}"
    if draft.ignored:
        yield "ignore = ["
        yield from (f"    {_text(rule)}, # {why}" for rule, why in draft.ignored)
        yield "]"
    yield from _fields(draft.fields)
    if draft.relative:
        yield ""
        yield "[collections.rules.invalid-url]"
        yield "# Paths from the root of the site (/assets/a.png) are common in these fields."
        yield f"relative = {_value(draft.relative)}"


def _fields(fields: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines that say which fields play which part."""
    if not fields:
        return
    yield ""
    yield "[collections.fields]"
    yield "# The parts that rules know, and the fields that play them here."
    for role, names in fields.items():
        note = " # no field plays it" if not names else ""
        yield f"{role} = {_value(names) if len(names) != 1 else _text(names[0])}{note}"


def _value(texts: Sequence[str]) -> str:
    """Return a list as TOML writes it."""
    line = f"[{', '.join(map(_text, texts))}]"
    if len(line) <= _WIDEST:
        return line
    return "[\n" + "".join(f"    {_text(text)},\n" for text in texts) + "]"


def _text(text: str) -> str:
    """Return a text as TOML writes it."""
    written = json.dumps(text, ensure_ascii=False)
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
