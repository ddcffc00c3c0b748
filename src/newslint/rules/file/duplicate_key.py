"""The rule `duplicate-key`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class DuplicateKey(Rule):
    """A mapping contains the same key twice.

    Keys are compared by value, as in PyYAML and Python: `yes` and `true` are the same key, and so
    are `1`, `0x1` and `1.0`; `1` and `"1"` are two keys.

    Why: YAML parsers silently keep the last value, so the site may show another value than the one
    that an editor sees.
    """

    id = "duplicate-key"
    severity = Severity.ERROR
    examples = (
        Bad("title: PyTorch\ntitle: PyTorch has a new home"),
        Bad("published: {yes: 1, true: 2}"),
        Good("title: PyTorch\nexcerpt: It has a new home"),
    )
