"""The rule `headline-excerpt-mismatch`."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any

from newslint.records.boilerplate import find_boilerplate
from newslint.records.headline_fit import SAMPLE_SIZE, HeadlineFit, Misfit, Pair, find_threshold
from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Mention,
    Severity,
    SurveyRule,
    quote_value,
)

_MAX_WORDS = 2


class HeadlineExcerptMismatch(SurveyRule):
    """The excerpt and the headline are about different subjects.

    Words that are rare in the archive identify the subject of an article. An excerpt is reported
    when it fits another article's headline far better than its own, by its words and their letters.
    The threshold depends on the archive: if many excerpts are in the wrong place, as after a
    shifted column, it is lower than if hardly any is. The rule does not judge small archives, in
    which word frequencies are unreliable, nor scripts that do not separate words. In an archive of
    more than 16,384 articles it compares excerpts with a sample of so many headlines.

    Why: readers click on a headline and get a teaser for another story.
    """

    id = "headline-excerpt-mismatch"
    severity = Severity.WARNING
    roles = ("title", "excerpt")
    rounds = 2
    examples = (Good("title: PyTorch moves on\nexcerpt: The weather stays fine all week long."),)

    articles: int = Field(250, description="Minimum number of articles in the archive.", gt=1)
    least: int = Field(40, description="Minimum length of an excerpt, in characters.", ge=0)

    def keys(self, mention: Mention) -> Iterable[str]:
        """Group by the excerpt."""
        description = mention.description
        title, excerpt = description.title, description.excerpt
        if title and excerpt and len(excerpt) > self.least:
            return (normalise_text(excerpt),)
        return ()

    def measure(self, group: Group, finished: Sequence[Any]) -> Any:
        """Sample pairs of headline and excerpt in the first round; count scores in the second."""
        if not finished:
            return tuple(sorted(Pair.create(each, group.key) for each in _headlines(group)))
        fit: HeadlineFit | None = finished[0]
        if fit is None:
            return {}
        counts: dict[int, int] = {}
        for headline in _headlines(group):
            step = fit.step(headline, group.key)
            counts[step] = counts.get(step, 0) + 1
        return counts

    def merge(self, statistics: Iterable[Any], finished: Sequence[Any]) -> Any:
        """Merge samples to the pairs with the lowest numbers, or add histograms of scores."""
        if not finished:
            return tuple(nsmallest(SAMPLE_SIZE, chain.from_iterable(statistics)))
        merged: dict[int, int] = {}
        for step, count in chain.from_iterable(each.items() for each in statistics):
            merged[step] = merged.get(step, 0) + count
        return merged

    def finish(self, statistic: Any, finished: Sequence[Any]) -> Any:
        """Index the sample, or find the threshold; None if there are too few articles."""
        if not finished:
            return HeadlineFit(statistic) if len(statistic) >= self.articles else None
        fit = finished[0]
        return None if fit is None else find_threshold(statistic, fit.size)

    def check(
        self, group: Group, statistic: Any, finished: Sequence[Any]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description whose excerpt does not fit its only headline."""
        fit, threshold = finished
        if fit is None or len(statistic) != 1 or next(iter(statistic)) < threshold:
            return
        by_headline = _headlines(group)
        if len(by_headline) > 1 or find_boilerplate(group.key):
            return
        for headline, descriptions in by_headline.items():
            message = _message(fit.explain(headline, group.key))
            cause = f"{headline}\n{group.key}"
            for description in descriptions:
                related = ((description.target("title"), "the headline"),)
                found = self.flag(
                    description.target("excerpt"), message, cause=cause, related=related
                )
                yield DescriptionDiagnostic(description, found)


def _headlines(group: Group) -> dict[str, list[Description]]:
    """Group the descriptions with an excerpt by their headlines."""
    found: dict[str, list[Description]] = {}
    for description in group.descriptions:
        found.setdefault(normalise_text(description.title or ""), []).append(description)
    return found


def _message(misfit: Misfit) -> str:
    """Build the message from the evidence."""
    words = " and ".join(quote_value(word) for word in misfit.shared[:_MAX_WORDS])
    shared = f"only the rare {words}" if words else "no rare word"
    if misfit.other is None:
        return f"the excerpt shares {shared} with its headline"
    other = quote_value(misfit.other)
    return f"the excerpt fits another headline better: {other}; with its own it shares {shared}"
