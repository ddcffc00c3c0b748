"""The rule `site-name-in-headline`."""

import re
from collections.abc import Iterator

from newslint.records.text_comparison import normalise_text
from newslint.records.urls import host_name
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Field,
    Good,
    Mention,
    MentionRule,
    Safety,
    Severity,
    part_of_target,
    quote_value,
    replace_value,
)

_SEPARATOR = re.compile(r"\s[|–—·»-]\s|\s?[｜（【]|_(?=[^_\s]*\Z)")
_ELLIPSES = ("…", "...")
_GENERIC_LABELS = frozenset(
    ["www", "m", "amp", "blog", "news", "press", "docs", "en", "co", "com", "org", "gov", "ac"]
)
"""Parts of the names of hosts that are no names of sites."""


class SiteNameInHeadline(MentionRule):
    """The headline ends with the name of the site, is cut, or is all in capital letters.

    The name is that of the provider, of its domain or of the host of the URL, behind a dash or a
    vertical bar, and also behind an underscore or in full-width brackets. A headline is cut if it
    ends with an ellipsis.

    Why: lists of articles show the name next to each headline, and a cut or shouting headline
    looks like a mistake.
    Fix safety: unsafe; the name may be part of the headline.
    """

    id = "site-name-in-headline"
    severity = Severity.INFO
    roles = ("title",)
    reads = "title"
    examples = (
        Bad(
            "title: PyTorch moves on | Example\nprovider: {name: Example}",
            fixed="title: PyTorch moves on\nprovider: {name: Example}",
        ),
        Bad(
            "title: PyTorch moves on | Example\nwebUrl: https://news.example.org/moves",
            fixed="title: PyTorch moves on\nwebUrl: https://news.example.org/moves",
        ),
        Bad("title: PYTORCH MOVES TO A FOUNDATION"),
        Bad("title: PyTorch moves to a new home at the …"),
        Good("title: PyTorch moves on | The whole story\nprovider: {name: Example}"),
        Good("title: PyTorch moves on | News\nwebUrl: https://news.example.org/moves"),
        Good("title: NATO AND EU"),
    )

    fewest_words: int = Field(
        4, description="Minimum number of words of a reported headline in capitals.", gt=0
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Check the end of the headline, and its capitals."""
        description = mention.description
        title = description.title
        if not title:
            return
        cause = description.article
        name = _find_site_name(title, description)
        if name is not None:
            target = mention.target("title")
            shown = quote_value(title[name.end() :].strip().rstrip("）】"))
            fix = replace_value(
                target, title[: name.start()].rstrip(), "Remove the name", Safety.UNSAFE
            )
            part = part_of_target(target, name.start(), len(title))
            message = f"the headline ends with the name of the site: {shown}"
            yield self.flag(part, message, cause=cause, fix=fix)
        elif normalise_text(title).endswith(_ELLIPSES):
            words = title.rsplit(None, 4)[1:]
            message = f"the headline is cut off: {quote_value('…' + ' '.join(words))}"
            yield self.flag(mention.target("title"), message, cause=cause)
        elif _is_shouted(title) and len(title.split()) >= self.fewest_words:
            message = f"the headline is in capital letters: {quote_value(title)}"
            yield self.flag(mention.target("title"), message, cause=cause)


def _find_site_name(title: str, description: Description) -> re.Match[str] | None:
    """Find the separator before the name of the site; None if the headline does not end with it."""
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return None
    found = separators[-1]
    domain = (description.provider_domain or "").removeprefix("www.")
    names = {description.provider_name or "", domain, domain.partition(".")[0]}
    if description.url:
        host = host_name(description.url).removeprefix("www.")
        names |= {host, *host.split(".")[:-1]} - _GENERIC_LABELS
    last = _letters(title[found.end() :])
    return found if last and last in map(_letters, names) else None


def _is_shouted(title: str) -> bool:
    """Check whether all letters are capitals, none of them of a script without capitals."""
    return title.isupper() and all(char.isupper() for char in title if char.isalpha())


def _letters(name: str) -> str:
    """Reduce a name to its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, name.lower()))
