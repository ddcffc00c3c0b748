"""The command line: options in, exit status out."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of every command."""

    CLEAN = 0
    FOUND = 1
    ERROR = 2
    INTERRUPTED = 130
