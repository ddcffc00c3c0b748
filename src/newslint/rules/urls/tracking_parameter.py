"""The rule `tracking-parameter`."""

import re
from collections.abc import Iterator

from newslint.records.text_damage import find_entities
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Field,
    Good,
    Replacement,
    Severity,
    Text,
    TextDamage,
    TextRule,
    replace_parts,
)

_QUERY = re.compile(r"[^?#]*(\?([^#\s]*))")


class TrackingParameter(TextRule):
    """A URL contains a parameter that tracks its readers.

    Why: the same article has several URLs, and other sites track readers.
    """

    id = "tracking-parameter"
    severity = Severity.INFO
    on_urls = True
    examples = (
        Bad(
            "webUrl: https://example.org/a?id=1&utm_source=rss#top",
            fixed="webUrl: https://example.org/a?id=1#top",
        ),
        Bad("webUrl: https://example.org/a?fbclid=x", fixed="webUrl: https://example.org/a"),
        Good("webUrl: https://example.org/a?id=1&amp"),
    )

    parameters: tuple[str, ...] = Field(
        (
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "yclid",
            "igshid",
            "mc_cid",
            "mc_eid",
            "mkt_tok",
            "_hsenc",
            "_hsmi",
            "vero_id",
            "wickedid",
            "ocid",
        ),
        description="Names of parameters, in lower case; `utm_*` is always included.",
    )

    def concerns(self, text: str) -> bool:
        """Search for a query."""
        return "?" in text

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all tracking parameters in a URL's query."""
        if "?" not in text.value or not text.is_url:
            return
        query = _QUERY.match(text.value)
        pairs = query[2].split("&") if query else []
        tracking = [pair for pair in pairs if self._is_tracking(pair)]
        if query is None or not tracking:
            return
        kept = "&".join(pair for pair in pairs if not self._is_tracking(pair))
        new = f"?{kept}" if kept else ""
        names = ", ".join(dict.fromkeys(pair.partition("=")[0] for pair in tracking))
        is_whole = not find_entities(text.value)  # else '&amp;' would be cut in two
        parts = [Replacement(*query.span(1), new)]
        fix = replace_parts(text, parts, "Remove what tracks readers") if is_whole else None
        start = text.value.index(tracking[0], query.start(1))
        defect = TextDamage(start, start + len(tracking[0]), tracking[0], "")
        yield self.flag_damage(text, [defect], f"the URL tracks readers: {names}", fix)

    def _is_tracking(self, pair: str) -> bool:
        """Check whether a parameter such as `utm_source=rss` tracks readers."""
        name = pair.partition("=")[0].lower()
        return name.startswith("utm_") or name in self.parameters
