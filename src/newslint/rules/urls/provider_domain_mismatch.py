"""The rule `provider-domain-mismatch`."""

from collections.abc import Iterator

from newslint.records.urls import host_name
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity, quote_value


class ProviderDomainMismatch(MentionRule):
    """The host of `webUrl` is neither `provider.domain` nor a subdomain of it.

    Why: the article is attributed to the wrong publisher.
    """

    id = "provider-domain-mismatch"
    severity = Severity.WARNING
    roles = ("url", "provider-domain")
    reads = "provider/domain"
    examples = (
        Bad("webUrl: https://example.org/a\nprovider: {domain: example.com}"),
        Good("webUrl: https://news.example.org/a\nprovider: {domain: example.org}"),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Compare the host of the article's URL with the provider's domain."""
        description = mention.description
        if not description.has_field("webUrl") or not description.provider_domain:
            return
        host = host_name(description.field_text("webUrl"))
        domain = description.provider_domain
        if not host or "." not in domain or _is_within(host, domain):
            return
        yield self.flag(
            mention.target("webUrl"),
            f"the host is {host}, but the provider's domain is {quote_value(domain)}",
            cause=f"{host} {domain}",
            related=((mention.target("provider/domain"), "the provider's domain"),),
        )


def _is_within(host: str, domain: str) -> bool:
    """Check whether `host` is `domain` or a subdomain of it."""
    domain = domain.strip().lower().removeprefix("www.").rstrip(".")
    return host == domain or host.endswith("." + domain)
