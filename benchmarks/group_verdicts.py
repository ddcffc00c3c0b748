"""Compute precision and recall of rules that join records, from groups labelled by hand.

Usage: python benchmarks/group_verdicts.py VERDICTS.jsonl RULE [FOLDS]

Each line of the file is a group of `records` with its label in `verdict`: `same`, if all are of one
article or story, or `different`. The records of all groups are checked as one archive. A group
counts as joined if its records have a diagnostic of the rule with one cause; a look-alike counts
as joined if two of its records do. Groups of one site are in one fold, so that limits that were
tuned on the other folds can be judged on it.
"""

import json
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

from verdicts import Score

from newslint.rules.builtin import BUILTIN
from newslint.testing import fence, lint

Groups = list[dict[str, Any]]


def find_causes(groups: Groups, rule_id: str) -> list[list[str]]:
    """Find the cause of each record of each group, or a text of its own if it is not reported."""
    files = {
        f"{at:05}-{number:03}.md": fence(json.dumps(_without_nulls(record)))
        for at, group in enumerate(groups)
        for number, record in enumerate(group["records"])
    }
    report = lint([rule() for rule in BUILTIN if rule.id == rule_id], files)
    causes = {each.path: each.cause for each in report.diagnostics}
    return [
        [causes.get(name, name) for name in _names(at, group)] for at, group in enumerate(groups)
    ]


def _names(at: int, group: dict[str, Any]) -> list[str]:
    """List the names of the files of a group."""
    return [f"{at:05}-{number:03}.md" for number in range(len(group["records"]))]


def _without_nulls(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out the fields of a record that have no value."""
    return {name: value for name, value in record.items() if value is not None}


def is_joined(verdict: str, causes: list[str]) -> bool:
    """Check whether the records of a group are joined: all, or two of a look-alike."""
    distinct = len(set(causes))
    return distinct == 1 if verdict == "same" else distinct < len(causes)


def score(groups: Groups, joined: list[bool]) -> Score:
    """Compare joined groups with their labels."""
    found = [(group["verdict"], is_one) for group, is_one in zip(groups, joined, strict=True)]
    return Score(
        found.count(("same", True)), found.count(("different", True)), found.count(("same", False))
    )


def fold_of(group: dict[str, Any], folds: int) -> int:
    """Assign a group to a fold, by the site of its first record."""
    provider = group["records"][0].get("provider") or {}
    return crc32(str(provider.get("domain")).encode()) % folds


def main(file: str, rule_id: str, folds: str = "3") -> None:
    """Print precision and recall, of all groups and of each fold, and wrong verdicts."""
    groups = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    causes = find_causes(groups, rule_id)
    joined = [is_joined(group["verdict"], each) for group, each in zip(groups, causes, strict=True)]
    _print("all", score(groups, joined))
    for fold in range(int(folds)):
        chosen = [at for at, group in enumerate(groups) if fold_of(group, int(folds)) == fold]
        part = score([groups[at] for at in chosen], [joined[at] for at in chosen])
        _print(f"fold {fold + 1}", part)
    for group, is_one in zip(groups, joined, strict=True):
        if (group["verdict"], is_one) in (("same", False), ("different", True)):
            titles = " | ".join(str(each.get("title")) for each in group["records"])
            print(f"{'joined' if is_one else 'missed'}: {titles}")


def _print(name: str, result: Score) -> None:
    """Print the figures of some groups."""
    print(
        f"{name}: precision {result.precision:.2f}  recall {result.recall:.2f}  "
        f"joined {result.true}, look-alikes joined {result.false}, missed {result.missed}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
