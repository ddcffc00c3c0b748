"""The swap test: how often does `headline-excerpt-mismatch` find a wrong excerpt?

Over an archive's distinct pairs of headline and excerpt, replace each excerpt by another record's.
*Recall* is the share of swapped pairs, *noise* that of untouched pairs above a threshold. By score,
the threshold is that at which the noise is 1 % or 3 %. As reported, it is the rule's own, and
*precision* is the share of reports that are right if only some of the excerpts are swapped.

    python benchmarks/swap_test.py ARCHIVE [--half] [--sample N]
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from pairs import pairs_of

from newslint.records.fit.model import HeadlineFit
from newslint.records.fit.pairs import SAMPLE_SIZE, Pair

Pairs = list[tuple[str, str]]


def fit_to(pairs: Pairs, size: int) -> HeadlineFit:
    """Create the model of an archive from a sample."""
    return HeadlineFit(sorted({Pair.create(*pair) for pair in pairs})[:size])


def reported(pairs: Pairs, size: int) -> set[int]:
    """Collect the indexes of the pairs that the rule reports."""
    fit = fit_to(pairs, size)
    steps = [fit.step(Pair.create(*pair)) for pair in pairs]
    least = fit.find_threshold(Counter(steps))
    return {index for index, value in enumerate(steps) if value >= least}


def swapped(pairs: Pairs, share: float, seed: int) -> tuple[Pairs, set[int]]:
    """Move a share of the excerpts round; return all pairs, and the indexes of those."""
    chosen = random.Random(seed).sample(range(len(pairs)), round(len(pairs) * share))
    result = list(pairs)
    for here, there in zip(chosen, chosen[1:] + chosen[:1], strict=True):
        result[here] = (pairs[here][0], pairs[there][1])
    return result, set(chosen)


def recall_by_score(pairs: Pairs, size: int, noise: float) -> float:
    """Compute the recall of a threshold above which so many of the untouched pairs are."""
    honest, (mixed, _) = fit_to(pairs, size), swapped(pairs, 1.0, seed=1)
    scores = sorted((honest.score(Pair.create(*pair)) for pair in pairs), reverse=True)
    threshold = scores[int(noise * len(scores))]
    wrong = fit_to(mixed, size)
    return sum(wrong.score(Pair.create(*pair)) > threshold for pair in mixed) / len(mixed)


def main() -> None:
    """Print recall, noise and precision, and the time of the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--half", action="store_true", help="use every second pair only")
    parser.add_argument("--sample", type=int, default=SAMPLE_SIZE, help="size of the sample")
    options = parser.parse_args()
    pairs = pairs_of(options.archive)[:: 2 if options.half else 1]
    size = options.sample
    print(f"{len(pairs)} pairs of headline and excerpt")
    for noise in (0.01, 0.03):
        print(f"noise {noise:.2f}: recall by score {recall_by_score(pairs, size, noise):.3f}")
    start = time.process_time()
    untouched = len(reported(pairs, size))
    taken = (time.process_time() - start) / len(pairs)
    print(f"untouched: {untouched} reported, {taken * 1e6:.0f} µs a pair")
    for share in (1.0, 0.3, 0.1, 0.02):
        mixed, wrong = swapped(pairs, share, seed=1)
        found = reported(mixed, size)
        recall = len(found & wrong) / len(wrong)
        precision = len(found & wrong) / max(1, len(found))
        print(f"{share:4.0%} swapped: recall {recall:.1%}, precision {precision:.1%}")


if __name__ == "__main__":
    main()
