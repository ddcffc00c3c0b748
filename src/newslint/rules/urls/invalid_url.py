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
    Part,
    Severity,
    Text,
    TextRule,
    replace_parts,
    shown,
)

_PLAINLY_VALID = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./~%&=+:@,-]*(?:\?[\w./~%&=+:@,;-]*)?)?", re.ASCII
)
_PATH = re.compile(r"/(?!/)[^\s\\]*")
_SAFE = "/:?#[]@!$&'()*+,;=%~"


class InvalidUrl(TextRule):
    """A URL is not an absolute `http` or `https` URL.

    The `validators` package decides, with queries that it would refuse by default (`?amp`) allowed.
    A path from the root of the site (`/assets/a.png`) is at home only in the fields that the option
    `relative` names.

    Why: the link leads nowhere.
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
            "Fields in which a path from the root of the site will do, without the places in "
            "lists: `provider/images/url`. Those of records and of related entries are meant."
        ),
    )

    def concerns(self, text: str) -> bool:
        """Tell whether it is no URL."""
        return not is_url(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic where a text is no URL, and no other rule's repair makes it one."""
        url = text.value
        if not text.is_url or is_url(url) or is_url(undo_damage(url)) or self._is_at_home(text):
            return
        message = f"not an absolute http(s) URL: {shown(url)}"
        yield self.flag(text.part(0, len(url)), message, cause=url, fix=_encoded(text))

    def _is_at_home(self, text: Text) -> bool:
        """Tell whether a text is a path from the site's root in a field that may hold one."""
        if not is_path(text.value):
            return False
        keys = (key for key in text.pointer.split("/")[1:] if not key.isdecimal())
        return "/".join(keys) in self.relative


@lru_cache(maxsize=65536)
def is_url(url: str) -> bool:
    """Tell whether `url` is an absolute http(s) URL."""
    if _PLAINLY_VALID.fullmatch(url):
        return True
    if not url.lower().startswith(("http://", "https://")):
        return False
    from validators import url as validate

    return validate(url, strict_query=False) is True


def is_path(url: str) -> bool:
    """Tell whether `url` is a path from the root of the site, without white space."""
    return _PATH.fullmatch(url) is not None


def _encoded(text: Text) -> Fix | None:
    """Return the fix of percent-encoding what a URL cannot hold; None where that is no cure."""
    encoded = quote(text.value.strip(), safe=_SAFE)
    if encoded == text.value or not is_url(encoded):
        return None
    return replace_parts(text, [Part(0, len(text.value), encoded)], "Percent-encode the URL")
