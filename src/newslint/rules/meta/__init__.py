"""Rules about newslint's own run: suppression comments, crashed rules, failed repairs."""

from newslint.rules.api import Rule


class MetaRule(Rule):
    """A rule of the category `own`, about newslint's run instead of the records."""

    @classmethod
    def category(cls) -> str:
        """Get the category, which differs from the folder: users select these rules as `own`."""
        return "own"
