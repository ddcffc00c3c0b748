"""The identity of a run, as reports show it."""

from typing import NamedTuple


class RunFacts(NamedTuple):
    """The identity of a run. What is unknown is empty.

    Attributes:
        archive: Name of the archive: of the folder that paths are relative to.
        root: The absolute path of that folder; given only if links to an editor need it.
        day: The day of the run in ISO 8601.
        command: The command line.
        arguments: The part of the command line that decides which files are checked, and by which
            rules: a command that repairs or records the same diagnostics needs it, too.
        settings: The settings file.
        baseline: The baseline file.
        editor_url: The template of links to an editor, with `{path}`, `{line}` and `{column}`.
        since: The revision since which changes are reported on.
        ignores_baseline: Whether the user wants no baseline to be used.
        is_repeatable: Whether commands can be suggested, as the files can be read again.
    """

    archive: str = ""
    root: str = ""
    day: str = ""
    command: str = ""
    arguments: str = ""
    settings: str = ""
    baseline: str = ""
    editor_url: str = ""
    since: str = ""
    ignores_baseline: bool = False
    is_repeatable: bool = True
