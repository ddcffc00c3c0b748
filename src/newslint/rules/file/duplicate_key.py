"""The rule `duplicate-key`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class DuplicateKey(Rule):
    """A key is given twice in one mapping.

    Why: YAML parsers silently keep the last one, so a value that an editor sees is not the one that
    the site shows.
    """

    id = "duplicate-key"
    severity = Severity.ERROR
    examples = (
        Bad("title: PyTorch\ntitle: PyTorch has a new home"),
        Good("title: PyTorch\nexcerpt: It has a new home"),
    )
