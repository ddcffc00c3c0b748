"""What the map yields of a file, and what is left of it after it was packed."""

from typing import Any

from newslint.documents import read_document
from newslint.engine.checks import Checks
from newslint.engine.examine import Examiner
from newslint.engine.mapped import Mapped, mapped
from newslint.engine.pack import Packing
from newslint.records import Description, Record
from newslint.settings import Registry, RuleSelector, Selection
from newslint.syntax.yaml import Reader

CHECKS = Checks.of(Selection(Registry()).with_command_line(RuleSelector(("all",))).ruleset("a.md"))


def examiner() -> Examiner:
    return Examiner(CHECKS)


def yielded(text: str | bytes, who: Examiner, *, is_examined: bool = True) -> Mapped:
    data = text if isinstance(text, bytes) else text.encode()
    return mapped(who, read_document("a.md", data, Reader()), is_examined=is_examined)


def held(description: Description, who: Examiner) -> dict[str, Any]:
    """Return all that a description holds, slot by slot, and what rules say of it."""
    slots = {name: getattr(description, name) for name in Description.__slots__}
    del slots["_source"], slots["_aliased"]  # `target` reads them
    slots["_targets"] = {name: description.target(name) for name in slots["_targets"]}
    slots["published_at"] = description.published_at and description.published_at.isoformat()
    return slots | {"said": who.described.get(description, [])}


def told(record: Record, who: Examiner) -> dict[str, Any]:
    """Return all that a record holds."""
    fields = record._asdict()
    fields["description"] = held(record.description, who)
    fields["entries"] = [held(each, who) for each in record.entries]
    fields["removals"] = dict(record.removals)
    return fields


def everything(mapped: Mapped, who: Examiner) -> dict[str, Any]:
    """Return all that a file yields."""
    return {
        "path": mapped.examined.path,
        "diagnostics": mapped.examined.diagnostics,
        "counts": (mapped.examined.record_count, mapped.examined.mention_count),
        "records": [told(each, who) for each in mapped.examined.records],
        "comments": mapped.comments,
    }


def passed_on(before: Mapped, who: Examiner, *, is_examined: bool = True) -> dict[str, Any]:
    """Return all that is left of what a file yields after it was packed and unpacked."""
    packing = Packing(who, {}.get, is_examined=is_examined)
    data = packing.packed(before)
    other = examiner()
    unpacking = Packing(other, packing.fresh.get, is_examined=is_examined)
    return everything(unpacking.unpacked("a.md", data), other)
