"""Articles by quality score, in classes that a chart has room for."""

from collections.abc import Sequence
from typing import NamedTuple

from newslint.records import QualityScore

_MOST_CLASSES = 20
_COVERED = 0.99
_STEPS = (1, 2, 5)


class ScoreClass(NamedTuple):
    """A range of scores.

    Attributes:
        name: Such as `80-89`.
        consistent: How many articles have such a score in all their mentions.
        inconsistent: How many have another one in some mention.
    """

    name: str
    consistent: int
    inconsistent: int


def score_classes(scores: Sequence[QualityScore]) -> tuple[ScoreClass, ...]:
    """Return the articles by their scores.

    A few scores far beyond all others share the last class, so that they do not flatten the rest.

    Args:
        scores: The scores that there are, the lowest first.
    """
    if not scores:
        return ()
    lowest, covered = scores[0].value, _covering(scores)
    step = _step(covered - lowest)
    first, last = lowest // step, covered // step
    if scores[-1].value // step == last + 1:
        last += 1
    counts = [[0, 0] for _ in range(first, last + 1)]
    for value, articles, inconsistent in scores:
        count = counts[min(value // step, last) - first]
        count[0] += articles - inconsistent
        count[1] += inconsistent
    names = [_name((first + index) * step, step) for index in range(len(counts))]
    if scores[-1].value // step > last:
        names[-1] = f"{last * step:,}+"
    return tuple(ScoreClass(name, *count) for name, count in zip(names, counts, strict=True))


def _covering(scores: Sequence[QualityScore]) -> int:
    """Return the score that all but a few articles do not exceed."""
    room = (1 - _COVERED) * sum(score.articles for score in scores)
    for score in reversed(scores):
        room -= score.articles
        if room < 0:
            return score.value
    return scores[-1].value


def _step(width: int) -> int:
    """Return a round number that `width` is cut by into no more classes than there is room for."""
    power = 1
    while True:
        for step in _STEPS:
            if width // (step * power) < _MOST_CLASSES:
                return step * power
        power *= 10


def _name(start: int, step: int) -> str:
    """Return what the class from `start` on is called."""
    return f"{start:,}" if step == 1 else f"{start:,}-{start + step - 1:,}"
