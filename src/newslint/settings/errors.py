"""What is said of settings that cannot be used."""

from collections.abc import Iterable


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
        """Return one error with the problems of `errors`."""
        return cls(*dict.fromkeys(problem for error in errors for problem in error.problems))
