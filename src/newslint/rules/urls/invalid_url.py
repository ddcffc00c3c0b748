"""The rule `invalid-url`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from newslint.records.text_damage import undo_damage
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Fix,
    Good,
    Replacement,
    Severity,
    Text,
    TextRule,
    quote_value,
    replace_parts,
)

_SIMPLE_URL = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./~%&=+:@,-]*(?:\?[\w./~%&=+:@,;-]*)?)?", re.ASCII
)
_PATH = re.compile(r"/(?!/)[^\s\\]*")
_SAFE = "/:?#[]@!$&'()*+,;=%~"


class InvalidUrl(TextRule):
    """A URL is not an absolute `http` or `https` URL.

    The package `validators` checks it; queries that it rejects by default (`?amp`) are allowed. A
    path from the root of the site (`/assets/a.png`) is valid only in the fields that the option
    `relative` lists.

    Why: the link does not work.
    """

    id = "invalid-url"
    severity = Severity.ERROR
    on_urls = True
    examples = (
        Bad(
            "webUrl: https://apnews.com/PR Newswire/1",
            fixed="webUrl: https://apnews.com/PR%20Newswire/1",
        ),
        Bad("images: [{url: /assets/a.png}]"),
        Good("webUrl: https://www.nasdaq.com/articles/amd?amp"),
    )

    relative: tuple[str, ...] = Field(
        (),
        description=(
            "Fields that may contain a path from the root of the site, in records and related "
            "entries, without indexes of lists: `provider/images/url`."
        ),
    )

    def concerns(self, text: str) -> bool:
        """Check for a text that is not an absolute URL."""
        return not is_url(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic if a text is not a URL, even after the fixes of other rules."""
        url = text.value
        if (
            not text.is_url
            or is_url(url)
            or is_url(undo_damage(url))
            or self._is_allowed_path(text)
        ):
            return
        message = f"not an absolute http(s) URL: {quote_value(url)}"
        yield self.flag(text.part(0, len(url)), message, cause=url, fix=_encode(text))

    def _is_allowed_path(self, text: Text) -> bool:
        """Check for a path from the root of the site in one of the fields `relative`."""
        if not is_path(text.value):
            return False
        keys = (key for key in text.pointer.split("/")[1:] if not key.isdecimal())
        return "/".join(keys) in self.relative


@lru_cache(maxsize=65536)
def is_url(url: str) -> bool:
    """Check whether `url` is an absolute http(s) URL."""
    if _SIMPLE_URL.fullmatch(url):
        return True
    if not url.lower().startswith(("http://", "https://")):
        return False
    from validators import url as validate

    return validate(url, strict_query=False) is True


def is_path(url: str) -> bool:
    """Check whether `url` is a path from the root of the site, without white space."""
    return _PATH.fullmatch(url) is not None


def _encode(text: Text) -> Fix | None:
    """Create the fix that percent-encodes invalid characters; None if the URL stays invalid."""
    encoded = quote(text.value.strip(), safe=_SAFE)
    if encoded == text.value or not is_url(encoded):
        return None
    return replace_parts(text, [Replacement(0, len(text.value), encoded)], "Percent-encode the URL")
