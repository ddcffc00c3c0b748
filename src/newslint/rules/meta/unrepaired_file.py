"""The rule `unrepaired-file`."""

from newslint.rules.api import Diagnostic, Good, Severity, Target
from newslint.rules.meta import MetaRule
from newslint.text import START, Location


class UnrepairedFile(MetaRule):
    """The fixes of a file could not be applied, and the file is unchanged.

    It cannot be written, it changed during the run, its fixes never end, or they would change more
    than the values that their diagnostics point at. Only runs with `--fix` report it, whichever
    rules are selected, and exit with status 2.

    Why: the problems reported in the file remain.
    """

    id = "unrepaired-file"
    severity = Severity.ERROR
    examples = (Good("title: PyTorch"),)

    def flag_file(self, path: str, reason: str) -> Diagnostic:
        """Create the diagnostic for the file `path`."""
        return self.flag(Target(Location(path, "", START), ""), reason, cause=path)
