"""Judges pairs of headline and excerpt that people have labelled.

    python benchmarks/labels.py LABELS.jsonl

Each line holds `title`, `excerpt`, `provider` and `label`. The pairs are written as an archive, and
checked as any archive is.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from newslint.execution import CheckRequest
from newslint.execution import check as run_check

WANTED = "boilerplate"
RULES = ("boilerplate-excerpt", "headline-excerpt-mismatch")
WITH_MISSING = (*RULES, "missing-excerpt")


def main() -> None:
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, pair in enumerate(pairs):
            (folder / f"{number:04}.yaml").write_text(_record(number, pair), encoding="utf-8")
        request = CheckRequest.create([folder], folder, select=WITH_MISSING)
        found = run_check(request).report.diagnostics
    print(f"{len(pairs)} pairs: {dict(Counter(pair['label'] for pair in pairs))}")
    for rules in (RULES, WITH_MISSING):
        flagged = {int(each.location.path[:4]) for each in found if each.rule in rules}
        right = sum(pairs[number]["label"] != "ok" for number in flagged)
        wanted = [number for number, pair in enumerate(pairs) if pair["label"] == WANTED]
        recall = sum(number in flagged for number in wanted) / len(wanted)
        precision = right / max(1, len(flagged))
        print(f"{', '.join(rules)}: precision {precision:.2f}, recall {recall:.2f}")


def _record(number: int, pair: dict[str, str]) -> str:
    """Return the record for a labelled pair."""
    fields = {
        "title": pair["title"],
        "excerpt": pair["excerpt"],
        "webUrl": f"https://www.{pair['provider']}/{number}",
        "provider": {"name": pair["provider"], "domain": pair["provider"]},
    }
    return json.dumps(fields, ensure_ascii=False)


if __name__ == "__main__":
    main()
