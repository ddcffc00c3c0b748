"""The rule `toml-syntax`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class TomlSyntax(Rule):
    """The front matter is not valid TOML.

    A key that is given twice is an error in TOML. So is front matter that exceeds a limit of the
    table `[limits]` in the settings, such as values that are nested too deeply.

    Why: no field of the record can be read.
    """

    id = "toml-syntax"
    severity = Severity.ERROR
    examples = (
        Bad("+++\ntitle = PyTorch\n+++\n", whole=True),
        Bad('+++\ntitle = "PyTorch"\ntitle = "AMD"\n+++\n', whole=True),
        Good('+++\ntitle = "PyTorch"\n+++\n', whole=True),
    )
