"""Lists of other records, for messages of rules about several records."""

from collections.abc import Sequence

from newslint.rules.api import Mention

MAX_RELATED = 10
"""Maximum number of related locations of one diagnostic."""

_MAX_PATHS = 3


def list_others(records: Sequence[Mention], index: int) -> list[int]:
    """List the indexes of the records to show beside that of `index`."""
    shown = (at for at in range(min(len(records), MAX_RELATED + 1)) if at != index)
    return [*shown][:MAX_RELATED]


def describe_others(records: Sequence[Mention], index: int, verb: str, subject: str) -> str:
    """Describe the records besides one, for a message.

    Args:
        records: All records.
        index: The index of the record that the message is about.
        verb: The verb of the message, such as `describe`.
        subject: Its object, such as `this article`.
    """
    others = [each.path for at, each in enumerate(records[: _MAX_PATHS + 1]) if at != index]
    paths = ", ".join(others[:_MAX_PATHS])
    if (more := len(records) - 1 - _MAX_PATHS) > 0:
        paths += f" and {more} more"
    if len(records) > 2:  # noqa: PLR2004 # more than one other record
        return f"other records {verb} {subject}: {paths}"
    return f"another record {verb}s {subject}: {paths}"
