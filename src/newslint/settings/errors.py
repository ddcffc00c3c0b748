"""What is said of settings that cannot be used."""

import re
from collections.abc import Iterable

_PLACE = re.compile(r"(.*?):(\d+):(\d+): ")


class SettingsError(ValueError):
    """The settings cannot be used.

    Its text holds a line for each problem, as `file:line:column: what is wrong`, each followed by
    the line of the file concerned and a mark under the offending part.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @classmethod
    def of(cls, errors: Iterable["SettingsError"]) -> "SettingsError":
        """Return one error with the problems of `errors`, each once, in the order of places."""
        return cls(*sorted({each for error in errors for each in error.problems}, key=_place))


def _place(problem: str) -> tuple[str, int, int]:
    """Return the file, the line and the column that a problem starts with."""
    found = _PLACE.match(problem)
    return (found[1], int(found[2]), int(found[3])) if found else (problem, 0, 0)
