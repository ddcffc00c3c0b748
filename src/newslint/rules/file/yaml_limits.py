"""The rule `yaml-limits`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class YamlLimits(Rule):
    """The front matter is nested too deeply, or expands to too many values.

    Lines and lists that are too long are reported as well. The table `[limits]` of the settings
    sets the limits.

    Why: a few lines of YAML aliases can expand to billions of values and stop every tool that reads
    them. newslint rejects such a file before it uses memory.
    """

    id = "yaml-limits"
    severity = Severity.ERROR
    examples = (
        Bad("a: " + "[" * 200 + "]" * 200),
        Good("a: [[[1]]]"),
    )
