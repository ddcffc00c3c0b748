"""The rule `yaml-syntax`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class YamlSyntax(Rule):
    """The front matter is not valid YAML.

    Why: no field of the record can be read.
    """

    id = "yaml-syntax"
    severity = Severity.ERROR
    examples = (
        Bad("title: PyTorch: a new home"),
        Bad('title: "PyTorch'),
        Good('title: "PyTorch: a new home"'),
    )
