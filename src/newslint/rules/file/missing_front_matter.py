"""The rule `missing-front-matter`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class MissingFrontMatter(Rule):
    """A file does not start with front matter in YAML (`---`), TOML (`+++`) or JSON (`{`).

    The message explains lines that are nearly right, such as `--- # comment` or `---yaml`.

    Why: without front matter there is no record: the site skips the file or shows it without a
    layout.
    """

    id = "missing-front-matter"
    severity = Severity.ERROR
    examples = (
        Bad("Meta announced today that PyTorch has a new home.\n", whole=True),
        Bad("---yaml\ntitle: PyTorch\n---\n", whole=True),
        Good("---\ntitle: PyTorch\n---\n", whole=True),
        Good('+++\ntitle = "PyTorch"\n+++\n', whole=True),
    )
