"""The rule `dead-image`."""

from newslint.rules.api import Bad, Good, Severity
from newslint.rules.example_verdicts import GONE_IMAGE, IMAGE, OTHER
from newslint.rules.verdict_rule import GoneRule


class DeadImage(GoneRule):
    """An image is gone.

    Its server answers 404 or 410, or there is no such host. `newslint probe` asks; without its
    verdicts, the rule does not run. It reports an error after two failures that are at least a
    day apart, and `info` before. A refusal (403, 429, a challenge page) and a server that fails
    are not reported.

    Why: readers see an empty frame.
    """

    id = "dead-image"
    severity = Severity.ERROR
    examples = (
        Bad(f"images: [{{url: {IMAGE}}}]", beside=GONE_IMAGE),
        Good(f"images: [{{url: {OTHER}.jpg}}]", beside=GONE_IMAGE),
    )
    on_images = True
    noun = "image"
