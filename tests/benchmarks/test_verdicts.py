"""Precision and recall of rules on labelled records."""

import json
import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "verdicts.py"
RECORDS = [
    {"verdict": "furniture", "title": "A", "excerpt": "This website uses cookies."},
    {"verdict": "furniture", "title": "B", "excerpt": "The best that there is, all week long."},
    {"verdict": "ok", "title": "C", "excerpt": "Rome votes again, and all over the country."},
    {"verdict": "ok", "title": "D", "excerpt": "We use cookies to bake a cake for the day."},
    {"verdict": "unsure", "title": "E", "excerpt": "Our site uses cookies."},
]


def test_precision_and_recall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in RECORDS))
    runpy.run_path(str(SCRIPT))["main"](str(file), "boilerplate-excerpt")
    assert capsys.readouterr().out.splitlines() == [
        "reported 2, of which honest 1",
        "precision 0.50  recall 0.50",
        "missed: furniture: B | The best that there is, all week long.",
        "honest: ok: D | We use cookies to bake a cake for the day.",
    ]
