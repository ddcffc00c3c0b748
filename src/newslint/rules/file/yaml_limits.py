"""The rule `yaml-limits`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class YamlLimits(Rule):
    """The front matter is nested too deeply, or expands to too many values.

    A line or a list that is too long counts, too. `[limits]` in the settings says what is too much.

    Why: a few lines of YAML aliases can stand for billions of values and stop every tool that reads
    them. Such a file is refused before it costs memory.
    """

    id = "yaml-limits"
    severity = Severity.ERROR
    examples = (
        Bad("a: " + "[" * 200 + "]" * 200),
        Good("a: [[[1]]]"),
    )
