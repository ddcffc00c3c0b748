"""The rule `unclosed-front-matter`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class UnclosedFrontMatter(Rule):
    """The front matter is opened by `---` and never closed.

    Why: the article's text is taken for YAML, or the whole file for an article without a record.
    """

    id = "unclosed-front-matter"
    severity = Severity.ERROR
    examples = (
        Bad("---\ntitle: PyTorch\n", whole=True),
        Good("---\ntitle: PyTorch\n---\n", whole=True),
    )
