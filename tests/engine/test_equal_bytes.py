"""Files of equal bytes are described once, but each diagnostic has the place in its own file."""

from pathlib import Path

import newslint

RECORD = "---\ntitle: Alphabetâ€™s cloud\n---\n"


def test_equal_bytes_as_markdown_and_as_yaml_have_places_of_their_own(tmp_path: Path) -> None:
    for name in ("a.md", "b.yaml", "c.md"):
        (tmp_path / name).write_text(RECORD, "utf-8")
    report = newslint.check(tmp_path, select=["mojibake"], cache=False)
    places = [
        (Path(each.location.path).name, each.location.span.start) for each in report.diagnostics
    ]
    assert places == [("a.md", (2, 16)), ("b.yaml", (2, 16)), ("c.md", (2, 16))]
