"""The rule `headline-excerpt-mismatch`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.records.boilerplate import find_boilerplate
from newslint.records.headline_fit import HeadlineFit, Misfit, find_threshold, min_log_odds
from newslint.records.text_comparison import normalise_text
from newslint.rules.api import (
    CorpusRule,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Severity,
    quote_value,
)

_MAX_WORDS = 2


class HeadlineExcerptMismatch(CorpusRule):
    """The excerpt and the headline are about different subjects.

    Words that are rare in the archive identify the subject of an article. An excerpt is reported
    when it fits another article's headline far better than its own, by its words and their letters.
    The threshold depends on the archive: if many excerpts are in the wrong place, as after a
    shifted column, it is lower than if hardly any is. The rule does not judge small archives, in
    which word frequencies are unreliable, nor scripts that do not separate words.

    Why: readers click on a headline and get a teaser for another story.
    """

    id = "headline-excerpt-mismatch"
    severity = Severity.WARNING
    examples = (Good("title: PyTorch moves on\nexcerpt: The weather stays fine all week long."),)

    articles: int = Field(250, description="Minimum number of articles in the archive.", gt=1)
    least: int = Field(40, description="Minimum length of an excerpt, in characters.", ge=0)

    def check(self, articles: Sequence[Group]) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description whose excerpt does not fit its headline."""
        descriptions: dict[tuple[str, str], list[Description]] = {}
        for group in articles:
            for description in group.descriptions:
                title, excerpt = description.title, description.excerpt
                if title and excerpt and len(excerpt) > self.least:
                    pair = normalise_text(title), normalise_text(excerpt)
                    descriptions.setdefault(pair, []).append(description)
        if len(descriptions) < self.articles:
            return
        pairs = sorted(descriptions)
        yield from self._judge(pairs, descriptions)

    def _judge(
        self, pairs: list[tuple[str, str]], descriptions: dict[tuple[str, str], list[Description]]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description of a headline and excerpt that do not fit."""
        fit = HeadlineFit(pairs)
        min_odds = min_log_odds(len(pairs))
        log_odds = [fit.log_odds(index, min_odds) for index in range(len(pairs))]
        threshold = find_threshold(log_odds)
        articles = Counter(excerpt for _, excerpt in pairs)
        for index, pair in enumerate(pairs):
            if log_odds[index] < threshold or articles[pair[1]] > 1 or find_boilerplate(pair[1]):
                continue
            message = _message(fit.explain(index), pairs)
            for description in descriptions[pair]:
                related = ((description.target("title"), "the headline"),)
                cause = "\n".join(pair)
                found = self.flag(
                    description.target("excerpt"), message, cause=cause, related=related
                )
                yield DescriptionDiagnostic(description, found)


def _message(misfit: Misfit, pairs: list[tuple[str, str]]) -> str:
    """Build the message from the evidence."""
    words = " and ".join(quote_value(word) for word in misfit.shared[:_MAX_WORDS])
    message = "no rare word of the headline occurs in the excerpt"
    if words:
        message = f"of the headline's rare words only {words} occurs in the excerpt"
    if misfit.other is None:
        return message
    return f"{message}; it fits {quote_value(pairs[misfit.other][0])} better"
