"""The rule `moved-link`."""

from urllib.parse import urlsplit

from newslint.records.external_links import ExternalLink
from newslint.records.valid_urls import is_url
from newslint.records.verdicts import State, Verdict
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Edit,
    Fix,
    Good,
    Safety,
    Severity,
    Target,
    quote_value,
    replace_value,
)
from newslint.rules.example_verdicts import MOVED, OTHER, PAGE
from newslint.rules.verdict_rule import VerdictRule


class MovedLink(VerdictRule):
    """A link or an image has moved for good.

    Its server redirects permanently (301 or 308) to another address, which answers. Redirects to
    a form of the same address, such as one with `https` or a final slash, are not reported.
    `newslint probe` asks; without its verdicts, the rule does not run.

    Why: the redirect will be gone one day, and the link dead.

    Fix safety: unsafe; the new page may be another one. There is no fix if the new address is the
    start page of a site.
    """

    id = "moved-link"
    severity = Severity.INFO
    examples = (
        Bad(f"webUrl: {PAGE}", fixed=f"webUrl: {OTHER}", beside=MOVED),
        Good(f"webUrl: {OTHER}", beside=MOVED),
    )
    states = frozenset({State.MOVED})

    def judge(self, link: ExternalLink, verdict: Verdict) -> Diagnostic:
        """Create the diagnostic for a place of an address that has moved."""
        new, target = verdict.final, link.field.target()
        message = f"{quote_value(link.url)} has moved to {quote_value(new)}"
        fix = None
        if is_url(new) and (urlsplit(new).path.strip("/") or urlsplit(new).query):
            fix = _replace(target, new)
        return self.flag(target, message, cause=link.address, fix=fix, identity=link.address)


def _replace(target: Target, new: str) -> Fix | None:
    """Create the fix that writes the new address."""
    title = "Write the new address"
    if target.location.pointer:
        return replace_value(target, new, title, Safety.UNSAFE)
    new = new.replace("(", "%28").replace(")", "%29")  # which end links in Markdown
    return Fix(title, Safety.UNSAFE, (Edit(target.location.span, new),))
