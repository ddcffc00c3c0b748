"""The rule `json-syntax`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class JsonSyntax(Rule):
    r"""The front matter is not valid JSON.

    JSON has no comments, and no comma after the last entry. Front matter that exceeds a limit of
    the table `[limits]` in the settings, such as values that are nested too deeply, is reported as
    well. So is an escape that is half of a character, such as `"\ud83d"`.

    Why: no field of the record can be read.
    """

    id = "json-syntax"
    severity = Severity.ERROR
    examples = (
        Bad('{"title": "PyTorch",}\n', whole=True),
        Bad("{\"title\": 'PyTorch'}\n", whole=True),
        Good('{"title": "PyTorch"}\n', whole=True),
    )
