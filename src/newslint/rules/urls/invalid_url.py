"""The rule `invalid-url`."""

import re
from collections.abc import Iterator

from newslint.records.text_comparison import undo_damage
from newslint.records.valid_urls import find_stray_percent, is_site_path, is_url
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Fix,
    Good,
    Replacement,
    Safety,
    Severity,
    Text,
    TextRule,
    quote_value,
    replace_parts,
)
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.quoting import is_visible

_NOT_ONE_URL = lazy_pattern(r"\s(?:\S*://|www\.)|[,;|]\s|\s[,;|]|[<>{}]", re.IGNORECASE)
"""White space between two URLs, or in a list of them; a placeholder, also in the query."""

_FORBIDDEN = lazy_pattern(
    r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060\ufeff\"<>\\^`{|}]"
)
_NAMES = {
    " ": "space",
    "\t": "tab",
    "\n": "line break",
    "\u00a0": "no-break space",
    "\u200b": "zero width space",
    "\u2028": "line separator",
    "\u202f": "narrow no-break space",
}
_CONTEXT = 30
_SHORT = 58


class InvalidUrl(TextRule):
    """A URL is not an absolute `http` or `https` URL.

    The message names the first character that a URL cannot contain, and its place. The package
    `validators` checks the URL; queries that it rejects by default (`?amp`) are allowed, but no `%`
    in a path that encodes nothing (`/100%`). A path from the root of the site (`/assets/a.png`) is
    valid only in the fields that the option `relative` lists. An image that is a text (`images:
    [/assets/a.png]`) may be any path. A URL whose last character is a `)` that no `(` opens was
    copied from a link in Markdown.

    Why: the link does not work.

    Fix safety: unsafe for a `)`, which a few addresses need.
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
        Bad('webUrl: "https://example.org/{id}"'),
        Bad("webUrl: https://example.org/100%"),
        Bad("webUrl: https://example.org/a)", fixed="webUrl: https://example.org/a"),
        Good("webUrl: https://www.nasdaq.com/articles/amd?amp"),
        Good("webUrl: https://example.org/Mercury_(planet)"),
        Good("images: [/assets/a.png]"),
    )

    relative: tuple[str, ...] = Field(
        (),
        description=(
            "Fields that may contain a path from the root of the site, in records and related "
            "entries, without indexes of lists: `provider/images/url`; `*` for all fields."
        ),
    )

    def concerns(self, text: str) -> bool:
        """Check for a text that is not an absolute URL, or has a stray bracket."""
        return not is_url(text) or _has_stray_bracket(text)

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic if a text is not a URL, even after the fixes of other rules."""
        url = text.value
        if not text.is_url or self._is_allowed_path(text):
            return
        if is_url(url) and _has_stray_bracket(url):
            at = len(url) - 1
            message = f"the URL ends with a ')' that no '(' opens: {_quote_around(url, at)}"
            part = Replacement(at, at + 1, "")
            fix = replace_parts(text, [part], "Remove the bracket", Safety.UNSAFE)
        elif is_url(url) or is_url(undo_damage(url)):
            return
        else:
            message, fix = _message(url), _repair_spaces(text)
        yield self.flag(text.part(0, len(url)), message, cause=url, fix=fix)

    def _is_allowed_path(self, text: Text) -> bool:
        """Check if a text is a path, and may be one: an image, or in a field of `relative`."""
        if text.is_image:
            return "://" not in text.value
        if not is_site_path(text.value):
            return False
        keys = (key for key in text.pointer.split("/")[1:] if not key.isdecimal())
        return "*" in self.relative or "/".join(keys) in self.relative


def _has_stray_bracket(url: str) -> bool:
    """Check whether a URL ends with a closing bracket that is never opened."""
    return url.endswith(")") and "(" not in url


def _message(url: str) -> str:
    """Build the message: the first character that URLs cannot contain, and its place, if any."""
    stripped = url.strip()
    if stripped != url and is_url(stripped):
        at_end = url.startswith(stripped)
        char = url[len(stripped)] if at_end else url[0]
        verb = "ends" if at_end else "begins"
        return f"the URL {verb} with {_name(char)}: {_quote_around(url, len(url) - 1)}"
    found = _FORBIDDEN.search(url) if url.lower().startswith(("http://", "https://")) else None
    if found is None and "%" in url and (at := find_stray_percent(url)) >= 0:
        code = f"a '%' that encodes nothing at character {at + 1}"
        return f"the URL contains {code}: {_quote_around(url, at)}; write '%25' for a percent sign"
    if found is None:
        return f"not an absolute http(s) URL: {quote_value(url)}"
    char, at = found[0], found.start()
    shown = _name(char) if char.isspace() or not is_visible(char) else quote_value(char)
    return f"the URL contains {shown} at character {at + 1}: {_quote_around(url, at)}"


def _name(char: str) -> str:
    """Name a character that is not visible."""
    code = f"U+{ord(char):04X}"
    return f"a {_NAMES[char]} ({code})" if char in _NAMES else code


def _quote_around(url: str, at: int) -> str:
    """Quote the part of a URL around an offset."""
    start = max(0, at - _CONTEXT) if len(url) > _SHORT else 0
    return quote_value(("…" if start else "") + url[start:])


def _repair_spaces(text: Text) -> Fix | None:
    """Build the fix that percent-encodes the spaces in an otherwise valid URL.

    There is none for other characters (`{id}` and `<slug>` are placeholders), for two URLs in one
    field, and for a URL that is wrapped over several lines: it may never have had a space. White
    space around the URL is removed (the value of `webUrl: |` ends in a line break).
    """
    url = text.value
    stripped = url.strip()
    start = len(url) - len(url.lstrip())
    span = text.part(start, start + len(stripped)).location.span
    encoded = stripped.replace(" ", "%20")
    if span.start.line != span.end.line or _NOT_ONE_URL.search(stripped) or not is_url(encoded):
        return None
    title = "Percent-encode the URL" if encoded != stripped else "Remove white space around the URL"
    return replace_parts(text, [Replacement(0, len(url), encoded)], title)
