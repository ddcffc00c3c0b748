"""The rule `duplicate-key`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class DuplicateKey(Rule):
    """A mapping contains the same key twice.

    Why: YAML parsers silently keep the last value, so the site may show another value than the one
    that an editor sees.
    """

    id = "duplicate-key"
    severity = Severity.ERROR
    examples = (
        Bad("title: PyTorch\ntitle: PyTorch has a new home"),
        Good("title: PyTorch\nexcerpt: It has a new home"),
    )
