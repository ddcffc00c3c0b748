"""The rule `provider-name-foreign`."""

from collections.abc import Iterator

from newslint.records.text_comparison import normalise_text
from newslint.records.words import split_words
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity, quote_value

_PLATFORMS = frozenset(
    """
    youtube.com medium.com github.com linkedin.com facebook.com twitter.com x.com vimeo.com
    blogspot.com wordpress.com substack.com dev.to
    """.split()  # noqa: SIM905 # a list of words reads better
)
"""Domains on which anybody publishes, under any name."""

_MAX_SUFFIX = 3
_MAX_CALL_SIGN = 5
_MIN_PART = 2
_RUN = 4


class ProviderNameForeign(MentionRule):
    """The provider's name has nothing in common with its domain, such as `Windows` for a news site.

    The name and the domain share no word, no beginning of one, no initials and no run of four
    letters. Names in capitals, such as call signs of stations, and platforms on which anybody
    publishes are not reported.

    Off by default: some publishers have a domain that is not like their name.

    Why: scrapers take a tag or a section of the page for its publisher.
    """

    id = "provider-name-foreign"
    severity = Severity.WARNING
    default = False
    roles = ("provider-name", "provider-domain")
    examples = (
        Bad("provider: {name: Windows, domain: compsmag.com}"),
        Bad("provider: {name: GDPR fines, domain: techcentral.example}"),
        Good("provider: {name: Houston Chronicle, domain: chron.com}"),
        Good("provider: {name: National Institutes of Health, domain: nih.gov}"),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Compare the letters of the provider's name with those of its domain."""
        name = normalise_text(mention.description.provider_name or "")
        domain = (mention.description.provider_domain or "").strip().lower().removeprefix("www.")
        words = split_words(name)
        if not words or not domain.isascii() or not name.isascii() or domain in _PLATFORMS:
            return
        label = _label(domain)
        is_call_sign = name.isupper() and len(name) <= _MAX_CALL_SIGN
        if is_call_sign or not label or _are_related(words, label):
            return
        yield self.flag(
            mention.target("provider/name"),
            f"{quote_value(name)} has nothing in common with the domain {quote_value(domain)}",
            cause=f"{domain} {name}",
            related=((mention.target("provider/domain"), "the provider's domain"),),
        )


def _label(domain: str) -> str:
    """Reduce a domain to the letters and digits of its name, without suffixes such as `co.uk`."""
    parts = domain.split(".")
    while len(parts) > 1 and len(parts[-1]) <= _MAX_SUFFIX:
        parts.pop()
    return "".join(filter(str.isalnum, "".join(parts)))


def _are_related(words: list[str], label: str) -> bool:
    """Check whether the words of a name and the label of a domain have letters in common."""
    letters = "".join(words)
    initials = "".join(word[0] for word in words)
    runs = {letters[at : at + _RUN] for at in range(len(letters) - _RUN + 1)}
    return (
        any(len(word) >= _MIN_PART and label.startswith(word) for word in words)
        or (len(initials) >= _MIN_PART and initials in label)
        or any(run in label for run in runs)
        or _is_subsequence(label, letters)
        or _is_subsequence(letters, label)
    )


def _is_subsequence(short: str, long: str) -> bool:
    """Check whether the letters of one text are in the other, in the same order."""
    rest = iter(long)
    return all(letter in rest for letter in short)
