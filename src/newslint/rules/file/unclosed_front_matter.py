"""The rule `unclosed-front-matter`."""

from newslint.rules.api import Bad, Good, Rule, Severity


class UnclosedFrontMatter(Rule):
    """The front matter starts with `---` and has no closing `---`.

    A line that is nearly right, such as `--- # end` or `----`, does not close it.

    Why: the article's text is read as YAML, or the whole file as an article without a record.
    """

    id = "unclosed-front-matter"
    severity = Severity.ERROR
    examples = (
        Bad("---\ntitle: PyTorch\n", whole=True),
        Bad("---\ntitle: PyTorch\n--- # end\nText\n", whole=True),
        Good("---\ntitle: PyTorch\n---\n", whole=True),
    )
