"""The rule `headline-excerpt-mismatch`."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, Any

from newslint.records.boilerplate import find_boilerplate
from newslint.records.fit.few import FewPairs
from newslint.records.fit.pairs import SAMPLE_SIZE, Misfit, Pair
from newslint.records.near_duplicates import distinct_headlines
from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    Bad,
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

if TYPE_CHECKING:
    from newslint.records.fit.model import HeadlineFit

_MAX_WORDS = 2
_MAX_STORIES = 2
_RECORD = "title: {0}\nwebUrl: https://example.org/{1}\nexcerpt: {2}"
_OLIVES = "Drought ruined the olive harvest across Andalusia, farmers say."
_PYTORCH = "Meta hands PyTorch over to a new foundation with a board of its own."
_SCENE = "Machine learning has outgrown the laboratories in which it was born."


class HeadlineExcerptMismatch(SurveyRule):
    """The excerpt and the headline are about different subjects.

    An excerpt is reported if it shares less with its headline than with that of another story, and
    another excerpt fits the headline better. How much less is judged by the archive's own headlines
    and excerpts, combined at random, and only so many are reported that at most one in five should
    be a false alarm. So a few leads that set a scene without naming the subject are not reported,
    but a shifted column is. If two stories have the same excerpt, that which fits less is reported.

    With fewer than `articles` articles, only what is beyond doubt is reported: the excerpt shares
    nothing with its own headline, and several words with another one that no third has. Scripts
    that do not separate words are not judged. In an archive of more than 50,000 articles, excerpts
    are compared with a sample of that size.

    Why: readers click on a headline and get a teaser for another story.
    """

    id = "headline-excerpt-mismatch"
    severity = Severity.WARNING
    roles = ("title", "excerpt")
    reads = "excerpt"
    fields_read = frozenset({"title", "excerpt"})
    rounds = 2
    examples = (
        Bad(
            _RECORD.format("PyTorch gets a foundation", "a", _OLIVES),
            _RECORD.format("Olive harvest fails in Andalusia", "b", _PYTORCH),
        ),
        Good(
            _RECORD.format("PyTorch gets a foundation", "a", _PYTORCH),
            _RECORD.format("Olive harvest fails in Andalusia", "b", _OLIVES),
        ),
        Good(_RECORD.format("PyTorch gets a foundation", "a", _SCENE)),
    )

    articles: int = Field(
        250,
        description="Minimum number of articles for a statistical judgement; with fewer, only what "
        "is beyond doubt is reported.",
        gt=1,
    )
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
        pairs = _pairs(group)
        return self.measure_again(pairs, finished) if finished else pairs

    def measure_again(self, before: Any, finished: Sequence[Any]) -> Any:
        """Count the scores of the pairs of a group."""
        counts: dict[int, int] = {}
        for step in _steps(finished[0], before):
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
        """Index the sample, or find the threshold."""
        if not finished:
            return self._fit(statistic, None)
        return finished[0].find_threshold(statistic)

    def finish_again(self, before: Any, statistic: Any, finished: Sequence[Any]) -> Any:
        """Index the sample with what is known of its pairs, or find the threshold."""
        if not finished:
            return self._fit(statistic, before)
        return self.finish(statistic, finished)

    def _fit(self, sample: Sequence[Pair], before: Any) -> "FewPairs | HeadlineFit":
        """Index a sample; `before` is an earlier index."""
        if len(sample) < self.articles:
            return FewPairs(sample)
        from newslint.records.fit.model import HeadlineFit

        return HeadlineFit(sample, before if isinstance(before, HeadlineFit) else None)

    def concerns(self, key: str, statistic: Any, finished: Sequence[Any]) -> bool:
        """Check whether an excerpt scores high enough to be reported."""
        return max(statistic) >= finished[1] and not find_boilerplate(key)

    def check(
        self, group: Group, statistic: Any, finished: Sequence[Any]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description whose excerpt does not fit its headline."""
        del statistic
        fit, threshold = finished
        by_headline, pairs = _headlines(group), _pairs(group)
        for pair, step in zip(pairs, _steps(fit, pairs), strict=True):
            if step < threshold:
                continue
            message = _message(fit.explain(pair))
            cause = f"{pair.headline}\n{group.key}"
            for description in by_headline[pair.headline]:
                related = ((description.target("title"), "the headline"),)
                found = self.flag(
                    description.target("excerpt"), message, cause=cause, related=related
                )
                yield DescriptionDiagnostic(description, found)


def _steps(fit: "HeadlineFit | FewPairs", pairs: Sequence[Pair]) -> list[int]:
    """Compute the scores of all pairs with the same excerpt.

    The result is 0 for those that are not judged: all if more stories have the excerpt, since that
    is boilerplate; the pair whose headline it fits best if two have.
    """
    if len(pairs) == 1:
        return [fit.step(pairs[0])]
    stories = len(distinct_headlines(each.headline for each in pairs))
    if stories > _MAX_STORIES:
        return [0] * len(pairs)
    steps = [*map(fit.step, pairs)]
    least = min(steps) if stories > 1 else 0
    return [step if step > least else 0 for step in steps]


def _pairs(group: Group) -> tuple[Pair, ...]:
    """Collect the pairs of each headline and the excerpt, in ascending order."""
    return tuple(sorted(Pair.create(each, group.key) for each in _headlines(group)))


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
