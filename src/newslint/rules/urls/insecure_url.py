"""The rule `insecure-url`."""

from collections.abc import Iterator

from newslint.records.urls import host_name
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Replacement,
    Safety,
    Severity,
    Text,
    TextRule,
    replace_parts,
)

_PLAIN = "http://"


class InsecureUrl(TextRule):
    """A link uses plain HTTP.

    Why: browsers warn readers before they open the page.

    Fix safety: unsafe; the host may not support HTTPS.
    """

    id = "insecure-url"
    severity = Severity.INFO
    on_urls = True
    examples = (
        Bad("webUrl: http://example.org/a", fixed="webUrl: https://example.org/a"),
        Good("webUrl: https://example.org/a"),
    )

    allowed_hosts: tuple[str, ...] = Field(
        (), description="Hosts to which links may use plain HTTP."
    )

    def concerns(self, text: str) -> bool:
        """Check for the scheme `http`."""
        return text[: len(_PLAIN)].lower() == _PLAIN

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic if a URL uses plain HTTP and its host is not allowed to."""
        url = text.value
        if not text.is_url or not url.lower().startswith(_PLAIN):
            return
        host = host_name(url)
        if host and host not in self.allowed_hosts:
            part = Replacement(0, len(_PLAIN), "https://")
            fix = replace_parts(text, [part], "Use HTTPS", Safety.UNSAFE)
            target = text.part(0, len(_PLAIN))
            yield self.flag(target, f"the link to {host} uses HTTP, not HTTPS", cause=url, fix=fix)
