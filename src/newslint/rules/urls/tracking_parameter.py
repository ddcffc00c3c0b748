"""The rule `tracking-parameter`."""

from collections.abc import Iterator

from newslint.records.text_damage import find_entities
from newslint.records.urls import Parameter, parameters
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
    TextDamage,
    TextRule,
    replace_parts,
)


class TrackingParameter(TextRule):
    """A URL contains a parameter that tracks its readers.

    Why: the same article has several URLs, and other sites track readers.

    Fix safety: unsafe for `cid`, `mod`, `trk` and parameters of the settings, which name the page
    on some sites; safe for the others.
    """

    id = "tracking-parameter"
    characters = "?"
    severity = Severity.INFO
    on_urls = True
    examples = (
        Bad(
            "webUrl: https://example.org/a?id=1&utm_source=rss#top",
            fixed="webUrl: https://example.org/a?id=1#top",
        ),
        Bad("webUrl: https://example.org/a?fbclid=x", fixed="webUrl: https://example.org/a"),
        Good("webUrl: https://example.org/a?id=1&amp"),
        Good("webUrl: https://example.org/map?utm_zone=33N"),
    )

    parameters: tuple[str, ...] = Field(
        (),
        description=(
            "Names of further parameters, in lower case. Removing these is an unsafe fix. The "
            "usual trackers (`utm_source`, `fbclid`, …) always count."
        ),
    )

    def concerns(self, text: str) -> bool:
        """Search for a tracker."""
        return "?" in text and any(map(self._is_tracker, parameters(text)))

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Report the first tracker of a URL; the message names all of them."""
        url = text.value
        if not text.is_url:
            return
        found = parameters(url)
        trackers = [each for each in found if self._is_tracker(each)]
        if not trackers:
            return
        names = ", ".join(dict.fromkeys(each.name for each in trackers))
        noun = "tracking parameters" if "," in names else "a tracking parameter"
        first = trackers[0]
        damage = TextDamage(first.start, first.end, url[first.start : first.end], "")
        fix = self._remove(text, found, trackers)
        yield self.flag_damage(text, [damage], f"the URL contains {noun}: {names}", fix)

    def _is_tracker(self, parameter: Parameter) -> bool:
        """Decide whether a parameter is a tracker, by the shared list or by the settings."""
        return parameter.is_tracker or parameter.name.lower() in self.parameters

    def _remove(self, text: Text, found: list[Parameter], trackers: list[Parameter]) -> Fix | None:
        """Build the fix that removes trackers from the query.

        It is safe only if each name is a tracker on every site. There is none if an HTML entity
        (`&amp;`) would be cut in two.
        """
        url = text.value
        if find_entities(url):
            return None
        kept = "&".join(url[each.start : each.end] for each in found if each not in trackers)
        query = Replacement(found[0].start - 1, found[-1].end, f"?{kept}" if kept else "")
        certain = all(each.is_tracker and not each.is_ambiguous for each in trackers)
        safety = Safety.SAFE if certain else Safety.UNSAFE
        return replace_parts(text, [query], "Remove the tracking parameters", safety)
