"""The swap test: how often does `headline-excerpt-mismatch` find a wrong excerpt?

Over an archive's distinct pairs of headline and excerpt, replace each excerpt by another record's.
*Recall* is the share of swapped pairs that the rule reports, *noise* that of untouched pairs. If
only a share of the excerpts is swapped, *precision* is the share of reports that are right.

    python benchmarks/swap_test.py ARCHIVE [--half]
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from pairs import pairs_of

from newslint.records.headline_fit import SAMPLE_SIZE, HeadlineFit, Pair, find_threshold

Pairs = list[tuple[str, str]]


def reported(pairs: Pairs) -> set[int]:
    """Return the indexes of the pairs that the rule reports."""
    distinct = sorted({Pair.create(*pair) for pair in pairs})
    fit = HeadlineFit(distinct[:SAMPLE_SIZE])
    steps = [fit.step(*pair) for pair in pairs]
    least = find_threshold(Counter(steps), fit.size)
    return {index for index, value in enumerate(steps) if value >= least}


def swapped(pairs: Pairs, share: float, seed: int) -> tuple[Pairs, set[int]]:
    """Return `pairs` with a share of the excerpts moved round, and the indexes of those."""
    chosen = random.Random(seed).sample(range(len(pairs)), round(len(pairs) * share))
    result = list(pairs)
    for here, there in zip(chosen, chosen[1:] + chosen[:1], strict=True):
        result[here] = (pairs[here][0], pairs[there][1])
    return result, set(chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--half", action="store_true", help="use every second pair only")
    options = parser.parse_args()
    pairs = pairs_of(options.archive)[:: 2 if options.half else 1]
    print(f"{len(pairs)} pairs of headline and excerpt")
    print(f"untouched: noise {len(reported(pairs)) / len(pairs):.2%}")
    for share in (1.0, 0.3, 0.1, 0.02):
        mixed, wrong = swapped(pairs, share, seed=1)
        found = reported(mixed)
        recall = len(found & wrong) / len(wrong)
        precision = len(found & wrong) / max(1, len(found))
        print(f"{share:4.0%} swapped: recall {recall:.1%}, precision {precision:.1%}")


if __name__ == "__main__":
    main()
