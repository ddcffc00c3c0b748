"""The rule `headline-excerpt-mismatch`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.records.boilerplate import find_boilerplate
from newslint.records.headline_fit import HeadlineFit, Misfit, find_threshold, min_log_odds
from newslint.records.text_damage import normalize_text
from newslint.rules.api import (
    CorpusRule,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Severity,
    shown,
)

_FEW = 2


class HeadlineExcerptMismatch(CorpusRule):
    """The excerpt is about something else than the headline.

    Words that are rare in the archive say what an article is about. An excerpt is reported when it
    fits another article's headline far better than its own, by its words and by their letters.
    How much better depends on the archive: where a good part of the excerpts is out of place, as
    after a shifted column, weaker explain counts than where hardly any is. An archive of few
    articles says too little about what is rare: there the rule is silent, and so it is on scripts
    that do not set words apart.

    Why: readers click on a headline and get a teaser for another story.
    """

    id = "headline-excerpt-mismatch"
    severity = Severity.WARNING
    examples = (Good("title: PyTorch moves on\nexcerpt: The weather stays fine all week long."),)

    articles: int = Field(250, description="Smaller archives are not judged, in articles.", gt=1)
    least: int = Field(40, description="Shorter excerpts are not judged, in characters.", ge=0)

    def check(self, articles: Sequence[Group]) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each mention whose excerpt does not fit its headline."""
        described: dict[tuple[str, str], list[Description]] = {}
        for group in articles:
            for description in group.descriptions:
                title, excerpt = description.title, description.excerpt
                if title and excerpt and len(excerpt) > self.least:
                    pair = normalize_text(title), normalize_text(excerpt)
                    described.setdefault(pair, []).append(description)
        if len(described) < self.articles:
            return
        pairs = sorted(described)
        yield from self._judged(pairs, described)

    def _judged(
        self, pairs: list[tuple[str, str]], described: dict[tuple[str, str], list[Description]]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield the diagnostics for the pairs that do not fit."""
        corpus = HeadlineFit(pairs)
        interesting = min_log_odds(len(pairs))
        log_odds = [corpus.log_odds(index, interesting) for index in range(len(pairs))]
        least = find_threshold(log_odds)
        carried = Counter(excerpt for _, excerpt in pairs)
        for index, pair in enumerate(pairs):
            if log_odds[index] < least or carried[pair[1]] > 1 or find_boilerplate(pair[1]):
                continue
            message = _message(corpus.explain(index), pairs)
            for description in described[pair]:
                related = ((description.target("title"), "the headline"),)
                cause = "\n".join(pair)
                found = self.flag(
                    description.target("excerpt"), message, cause=cause, related=related
                )
                yield DescriptionDiagnostic(description, found)


def _message(misfit: Misfit, pairs: list[tuple[str, str]]) -> str:
    """Return what the explain is."""
    words = " and ".join(shown(word) for word in misfit.shared[:_FEW])
    message = "no rare word of the headline occurs in the excerpt"
    if words:
        message = f"of the headline's rare words only {words} occurs in the excerpt"
    if misfit.other is None:
        return message
    return f"{message}; it fits {shown(pairs[misfit.other][0])} better"
