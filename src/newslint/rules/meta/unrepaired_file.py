"""The rule `unrepaired-file`."""

from newslint.rules.api import Diagnostic, Good, Severity, Target
from newslint.rules.meta import MetaRule
from newslint.text import START, Location


class UnrepairedFile(MetaRule):
    """A file could not be repaired, and is as it was.

    It cannot be written, it changed while newslint ran, or its fixes find no end or would change
    what they do not name. Only runs that repair report it; they do so whichever rules are selected,
    and end with status 2.

    Why: what is reported in the file is still to be repaired.
    """

    id = "unrepaired-file"
    severity = Severity.ERROR
    examples = (Good("title: PyTorch"),)

    def flag_file(self, path: str, reason: str) -> Diagnostic:
        """Return what to say of the file `path`."""
        return self.flag(Target(Location(path, "", START), ""), reason, cause=path)
