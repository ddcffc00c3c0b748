"""The command line: a module for each command, with options in and an exit status out.

`app` finds the command. Most commands gather their options (`options`, `report_options`,
`fix_options`, `baseline_options`), build a `CheckRequest` (`request`), run it, and print the
outcome (`output`, `messages`). Functions import the engine and rich when they need them, since
start-up time matters.
"""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of all commands."""

    CLEAN = 0
    FOUND = 1
    ERROR = 2
    INTERRUPTED = 130
