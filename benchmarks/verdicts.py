"""Compute precision and recall of rules from records that were read and labelled by hand.

Usage: python benchmarks/verdicts.py VERDICTS.jsonl [RULE…]

Each line of the file is a record with its label in `verdict`. All records are checked as one
archive. A record counts as reported if one of the rules, by default those about excerpts, reports
it. Verdicts that are neither defects nor honest, such as `unsure`, are not counted.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from newslint.rules.builtin import BUILTIN
from newslint.testing import fence, lint

DEFECTS = frozenset({"furniture", "mismatch", "placeholder", "wrong"})
HONEST = frozenset({"reused", "ok", "stock", "own", "right"})
EXCERPT_RULES = ("boilerplate-excerpt", "headline-excerpt-mismatch")
LABELS = frozenset({"verdict", "note", "part"})


class Score(NamedTuple):
    """Counts of labelled records.

    Attributes:
        true: Defects that are reported.
        false: Honest records that are reported.
        missed: Defects that are not reported.
    """

    true: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of reported records that have a defect."""
        return self.true / max(1, self.true + self.false)

    @property
    def recall(self) -> float:
        """Share of defects that are reported."""
        return self.true / max(1, self.true + self.missed)


def reported(records: list[dict[str, Any]], rules: Iterable[str]) -> set[int]:
    """Collect the indexes of the records that one of the rules reports."""
    wanted = frozenset(rules)
    files = {
        f"{number:05}.md": fence(json.dumps({k: v for k, v in each.items() if k not in LABELS}))
        for number, each in enumerate(records)
    }
    report = lint([rule() for rule in BUILTIN if rule.id in wanted], files)
    return {int(each.path.removesuffix(".md")) for each in report.diagnostics}


def score(records: list[dict[str, Any]], found: set[int]) -> Score:
    """Compare reported records with their labels."""
    defects = {at for at, each in enumerate(records) if each["verdict"] in DEFECTS}
    honest = {at for at, each in enumerate(records) if each["verdict"] in HONEST}
    return Score(len(defects & found), len(honest & found), len(defects - found))


def main(file: str, *rules: str) -> None:
    """Print precision and recall, and the records that are judged wrongly."""
    records = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    found = reported(records, rules or EXCERPT_RULES)
    result = score(records, found)
    print(f"reported {result.true + result.false}, of which honest {result.false}")
    print(f"precision {result.precision:.2f}  recall {result.recall:.2f}")
    for at, each in enumerate(records):
        verdict = each["verdict"]
        if (verdict in HONEST and at in found) or (verdict in DEFECTS and at not in found):
            kind = "missed" if verdict in DEFECTS else "honest"
            print(f"{kind}: {verdict}: {each.get('title', '')} | {each.get('excerpt', '')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
