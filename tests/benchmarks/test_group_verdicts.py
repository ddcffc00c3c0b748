"""Precision and recall of joined groups of records."""

import json
from pathlib import Path

import pytest
from group_verdicts import main

TITLE = "Acme buys the maker of the Zephyr turbine"
OTHER = "Rome votes for a tower, and Oslo for a bridge"


def record(url: str, title: str) -> dict[str, object]:
    domain = url.split("/")[2].removeprefix("www.")
    date = "2022-09-12T10:00:00Z"
    return {
        "title": title,
        "webUrl": url,
        "ampWebUrl": None,
        "publishedDateTime": date,
        "provider": {"domain": domain},
    }


A, WWW = record("https://a.example/1", TITLE), record("https://www.a.example/1", TITLE)
GROUPS = [
    {"verdict": "same", "records": [A, WWW]},
    {"verdict": "same", "records": [record(f"https://b.example/{at}", OTHER) for at in "1234"][:2]},
    {"verdict": "different", "records": [record("https://c.example/1", "A b"), A]},
    {"verdict": "unsure", "records": [A, record("https://d.example/1", TITLE)]},
]


def test_precision_and_recall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in GROUPS))
    main(str(file), "duplicate-record", "1")
    assert capsys.readouterr().out.splitlines() == [
        "all: precision 1.00  recall 1.00  joined 2, look-alikes joined 0, missed 0",
        "fold 1: precision 1.00  recall 1.00  joined 2, look-alikes joined 0, missed 0",
    ]


def test_wrong_verdicts_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.jsonl"
    wrong = {"same": "different", "different": "same", "unsure": "unsure"}
    groups = [each | {"verdict": wrong[str(each["verdict"])]} for each in GROUPS]
    file.write_text("".join(json.dumps(each) + "\n" for each in groups))
    main(str(file), "duplicate-record", "1")
    assert capsys.readouterr().out.splitlines()[2:] == [
        f"joined: {TITLE} | {TITLE}",
        f"joined: {OTHER} | {OTHER}",
        f"missed: A b | {TITLE}",
    ]
