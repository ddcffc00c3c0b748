"""Progress of a run, for an observer that shows it."""

from collections.abc import Callable
from enum import StrEnum

import msgspec


class Phase(StrEnum):
    """A phase of a run that users wait for."""

    READING = "reading"
    COMPARING = "comparing"
    PROBING = "probing"


class Progress(msgspec.Struct, frozen=True):
    """Progress of a run.

    Attributes:
        phase: The current phase.
        done: Number of files, or of addresses, that are done in this phase.
        total: Number of all of them; 0 if unknown.
    """

    phase: Phase
    done: int = 0
    total: int = 0


Observe = Callable[[Progress], None]
"""Called for each file and each phase, so it must be quick."""


def no_observer(_progress: Progress) -> None:
    """Ignore the progress of a run."""
