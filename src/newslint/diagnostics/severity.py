"""How bad a diagnostic is."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad a diagnostic is, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst, growing as severity falls."""
        return _RANKS[self]

    def reaches(self, level: "Severity") -> bool:
        """Tell whether this severity is at `level` or above it."""
        return self.rank <= level.rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
