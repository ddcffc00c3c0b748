"""The rule `dead-link`."""

from newslint.rules.api import Bad, Good, Severity
from newslint.rules.example_verdicts import GONE, OTHER, PAGE
from newslint.rules.verdict_rule import GoneRule


class DeadLink(GoneRule):
    """A link leads to a page that is gone.

    Its server answers 404 or 410, or there is no such host. `newslint probe` asks; without its
    verdicts, the rule does not run. It reports an error after two failures that are at least a
    day apart, and `info` before. A refusal (403, 429, a challenge page) and a server that fails
    are not reported.

    Why: readers who follow the link find an error page.
    """

    id = "dead-link"
    severity = Severity.ERROR
    examples = (
        Bad(f"webUrl: {PAGE}", beside=GONE),
        Good(f"webUrl: {OTHER}", beside=GONE),
    )
    on_images = False
    noun = "page"
