"""The rule `html-markup`."""

import re
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Severity,
    Text,
    TextDamage,
    TextRule,
    quote_value,
)
from newslint.text.lazy_pattern import lazy_pattern

_TAG = lazy_pattern(
    r"</?(?:a|abbr|article|aside|b|blockquote|br|center|cite|code|del|div|em|embed|figcaption|figure"
    r"|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|li|link|meta|nav|ol|p|pre|q|s|script"
    r"|section|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|time"
    r"|tr|u|ul|video|wbr)(?:\s++[\w:@.-]++\s*+=[^<>]*+|\s++(?:async|checked|controls|defer|disabled|hidden"
    r"|nowrap|open|selected)(?=[\s/>])[^<>]*+)?\s*+/?>|<!--",
    re.IGNORECASE,
)
_SETTING = "fields with HTML by design: 'html' of [collections.fields]"
_COMMENT = lazy_pattern(r"\s*<!--(?:[^-]|-(?!->))*-->\s*")


class HtmlMarkup(TextRule):
    """Plain text contains an HTML tag.

    Only names of HTML elements are recognised, so `a < b` and `List<String>` are not reported, nor
    are fields that contain HTML by design: the setting `html` of `[collections.fields]` lists
    them, `featuredContent`, `banner` and `tagline` by default. A text that consists of one comment,
    such as `excerpt_separator: <!--more-->`, is a mark for programs.

    Why: templates escape text, so readers see the tag; templates that do not escape it execute
    it.
    """

    id = "html-markup"
    characters = "<"
    severity = Severity.WARNING
    examples = (
        Bad("excerpt: The <b>framework</b> moves"),
        Good("excerpt: where a < b and c > d, use List<String>"),
        Good('featuredContent: "<p>The framework moves</p>"'),
        Good("excerpt_separator: <!--more-->"),
    )

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all tags in `text`."""
        if "<" not in text.value or text.is_html or _COMMENT.fullmatch(text.value):
            return
        tags = [TextDamage(*match.span(), match[0], "") for match in _TAG.finditer(text.value)]
        if tags:
            more = f" and {len(tags) - 1} more in this text" if len(tags) > 1 else ""
            tag = quote_value(tags[0].text)
            message = f"HTML tag in plain text: {tag}{more} ({_SETTING})"
            yield self.flag_damage(text, tags, message)
