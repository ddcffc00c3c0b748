"""The rule `rule-crashed`."""

from newslint.rules.api import Good, Severity
from newslint.rules.meta import MetaRule


class RuleCrashed(MetaRule):
    """A rule raised an exception on a record.

    The message names the rule and the last line of the traceback. The run continues with the other
    rules and exits with status 2, because its report may be incomplete.

    Why: this is a bug of newslint or of a plugin, not of the record; please report it.
    """

    id = "rule-crashed"
    severity = Severity.ERROR
    examples = (Good("title: PyTorch"),)
