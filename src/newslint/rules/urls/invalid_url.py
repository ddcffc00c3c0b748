"""The rule `invalid-url`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from newslint.records.defects import undamaged
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Fix,
    Good,
    Part,
    Severity,
    Text,
    TextRule,
    replace_parts,
    shown,
)

_PLAINLY_VALID = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*)?", re.ASCII)
_SAFE = "/:?#[]@!$&'()*+,;=%~"


class InvalidUrl(TextRule):
    """A URL is not an absolute `http` or `https` URL.

    The `validators` package decides, with queries that it would refuse by default (`?amp`) allowed.

    Why: the link leads nowhere.
    """

    id = "invalid-url"
    severity = Severity.ERROR
    examples = (
        Bad(
            "webUrl: https://apnews.com/PR Newswire/1",
            fixed="webUrl: https://apnews.com/PR%20Newswire/1",
        ),
        Bad("webUrl: /assets/a.png"),
        Good("webUrl: https://www.nasdaq.com/articles/amd?amp"),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic where a text is no URL, and no other rule's repair makes it one."""
        url = text.value
        if not text.is_url or is_url(url) or is_url(undamaged(url)):
            return
        message = f"not an absolute http(s) URL: {shown(url)}"
        yield self.flag(text.part(0, len(url)), message, cause=url, fix=_encoded(text))


@lru_cache(maxsize=65536)
def is_url(url: str) -> bool:
    """Tell whether `url` is an absolute http(s) URL."""
    if _PLAINLY_VALID.fullmatch(url):
        return True
    if not url.lower().startswith(("http://", "https://")):
        return False
    from validators import url as validate

    return validate(url, strict_query=False) is True


def _encoded(text: Text) -> Fix | None:
    """Return the fix of percent-encoding what a URL cannot hold; None where that is no cure."""
    encoded = quote(text.value.strip(), safe=_SAFE)
    if encoded == text.value or not is_url(encoded):
        return None
    return replace_parts(text, [Part(0, len(text.value), encoded)], "Percent-encode the URL")
