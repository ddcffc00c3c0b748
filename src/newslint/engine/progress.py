"""How far a run is, for whoever shows it. The engine prints nothing."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """What a run does at the moment."""

    READING = "reading"
    COMPARING = "comparing"


class Progress(NamedTuple):
    """How far a run is.

    Attributes:
        phase: What it does.
        done: How many files it is done with in this phase.
        total: How many there are; 0 where that is unknown.
    """

    phase: Phase
    done: int = 0
    total: int = 0


Observe = Callable[[Progress], None]
"""Is told of the progress of a run, for each file and each phase, so it must be quick."""


def unobserved(_progress: Progress) -> None:
    """Show the progress of a run to nobody."""
