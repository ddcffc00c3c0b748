"""The report for people, as a terminal of 80 columns shows it."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from rich.cells import cell_len

from helpers import Golden
from newslint.cli.terminal import ColorChoice, create_writer
from newslint.diagnostics import Fix, RelatedLocation, Report, Safety, Severity
from newslint.reporters.escape import UNSAFE
from newslint.reporters.text import GroupBy, render_text
from newslint.text import SourceText
from reports import FIX, REPORTS, diagnostic, related, span, suppressed

SNAPSHOTS = Path(__file__).parent / "snapshots"
LONG = "the first words of a lead that goes on and on, " * 3
SOURCES = {
    "a.md": '---\ntitle: "Alphabetâ€™s cloud"\n---\n',
    "_news/2022/2022-09-12-a-very-long-file-name-that-takes-more-than-eighty-columns.md": "x\n",
    "b.md": f'---\nexcerpt: "{LONG}Alphabetâ€™s cloud, {LONG}"\n\n  - title: "One"\n    more: 1',
    "wide.md": '---\ntitle: "東京の天気 👩\u200d💻 Ä°stanbul"\n\tkey:\tvalue\u0301 x \n',
    "crlf.md": "---\r\ntitle: x\r\n---\r\n",
    "empty.md": "",
    "evil.md": "---\ntitle: \x1b[31mred\u202egnp.exe\x9b\u200b\n",
}


def render(report: Report, color: ColorChoice = "never") -> str:
    file = io.StringIO()
    render_text(report, create_writer(file, color), lambda path: SourceText(SOURCES.get(path, "")))
    return file.getvalue()


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def set_columns(number: int) -> None:
        monkeypatch.setenv("COLUMNS", str(number))

    set_columns(80)
    return set_columns


def excerpt_lines(text: str) -> tuple[str, str]:
    """Return the source line and the line below that marks it, without their gutters."""
    line, mark = (each.split("│", 1)[1].removeprefix(" ") for each in text.splitlines()[2:4])
    return line, mark


OTHERS = tuple(diagnostic(path=f"c{number}.md") for number in range(11))
LONG_PATH = list(SOURCES)[1]
REPORT = Report(
    documents=1234,
    diagnostics=(
        diagnostic(
            span(2, 17, 20),
            message="text decoded with the wrong code page: 'â€™' was '’'",
            related_locations=(related("c.md", 9, "this mention still holds it"),),
            fix=FIX,
        ),
        *OTHERS,
        diagnostic(
            span(2, 160, 163),
            path="b.md",
            cause="2",
            severity=Severity.WARNING,
            rule="html-entity",
            message="a message that is so long that it must go on in a second line, where it"
            " names _news/2022/2022-09-12-a-file-whose-path-never-breaks-whatever-happens.md:1",
            related_locations=tuple(
                related(LONG_PATH, 7, ("and here " * 6).strip()) for _ in range(6)
            ),
            fix=Fix(("Do this and that, " * 6).strip(), Safety.UNSAFE, ()),
        ),
        diagnostic(
            span(4, 5, 9, 5), path="b.md", cause="3", severity=Severity.INFO, rule="missing-image"
        ),
        diagnostic(span(1, 1, 1), path="empty.md", cause="4", message="the file is empty"),
        diagnostic(span(3, 1, 1), path="gone.md", cause="5"),
        diagnostic(span(2, 8, 12), path="evil.md", cause="6", message="'\x1b[2J\u202e'"),
    ),
    suppressed=suppressed(3),
    baselined=1,
)


@pytest.mark.parametrize("color", ["never", "always"])
def test_snapshots(color: ColorChoice, golden: Golden) -> None:
    suffix = "txt" if color == "never" else "ansi"
    golden(SNAPSHOTS / f"report.{suffix}", render(REPORT, color))


def test_snapshot_of_a_clean_report(golden: Golden) -> None:
    golden(SNAPSHOTS / "clean.txt", render(Report(documents=1)))


def test_clean_report_counts_unlisted_diagnostics() -> None:
    text = render(Report(documents=2, suppressed=suppressed(2000), baselined=1))
    assert text == "No diagnostics in 2 documents, 2,000 suppressed, 1 baselined\n"


def test_only_unbreakable_words_are_wider_than_the_terminal() -> None:
    wide = [line for line in render(REPORT).splitlines() if cell_len(line) > 80]
    assert wide
    assert all("2022-09-12" in line and " " not in line.strip() for line in wide[1:])


@pytest.mark.parametrize("columns_wide", [1, 30, 200])
def test_any_width_will_do(columns_wide: int, columns: Callable[[int], None]) -> None:
    columns(columns_wide)
    text = render(REPORT)
    assert "a.md:2:17 error mojibake" in text
    assert ("must go on in a second line" in text) == (columns_wide > 80)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (1, []),
        (2, ["also c0.md:2:8"]),
        (4, ["also c0.md:2:8", "also c1.md:2:8", "also c2.md:2:8"]),
        (5, ["also c0.md:2:8", "also c1.md:2:8", "and 2 more mentions, in 5 files altogether"]),
        (12, ["also c0.md:2:8", "also c1.md:2:8", "and 9 more mentions, in 12 files altogether"]),
    ],
)
def test_one_cause_is_shown_once(places: int, expected: list[str]) -> None:
    text = render(Report(1, diagnostics=(diagnostic(), *OTHERS[: places - 1])))
    notes = [line.strip() for line in text.splitlines() if line.startswith(("  also", "  and"))]
    assert notes == expected
    assert f"{places} diagnostic" in text
    assert "1 cause, 0 fixable, 1 document\n" in text


def test_a_place_that_is_shown_as_related_is_not_listed_again() -> None:
    others = OTHERS[:2]
    shown = RelatedLocation(others[0].location, "the other record's permalink")
    found = (diagnostic(related_locations=(shown,)), *others)
    text = render(Report(1, diagnostics=found))
    assert "  c0.md:2:8: the other record's permalink\n" in text
    assert "also c0.md:2:8" not in text
    assert "  also c1.md:2:8\n" in text


def test_counts_name_each_severity() -> None:
    levels = [Severity.INFO, Severity.INFO, Severity.WARNING, Severity.ERROR]
    found = tuple(diagnostic(severity=level, cause=str(n)) for n, level in enumerate(levels))
    text = render(Report(1, diagnostics=found))
    assert "4 diagnostics (1 error, 1 warning, 2 infos)\n4 causes, 0 fixable" in text


def test_the_counts_fit_a_narrow_terminal(columns: Callable[[int], None]) -> None:
    levels = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    found = tuple(diagnostic(severity=each, cause=each.value, fix=FIX) for each in levels)
    columns(30)
    assert render(Report(1, diagnostics=found)).split("\n\n")[-1] == (
        "3 diagnostics (1 error, 1\n  warning, 1 info)\n"
        "3 causes, 3 fixable, 1\n  document\n"
        "Fixes: --fix applies the safe\n  ones, --fix --unsafe-fixes\n  all\n"
    )


@pytest.mark.parametrize(
    ("path", "at", "line", "mark"),
    [
        ("wide.md", span(2, 9, 11), 'title: "東京の天気 👩\u200d💻 Ä°stanbul"', 8 * " " + "^^^^"),
        ("wide.md", span(2, 15, 18), 'title: "東京の天気 👩\u200d💻 Ä°stanbul"', 19 * " " + "^^"),
        ("wide.md", span(2, 20, 21), 'title: "東京の天気 👩\u200d💻 Ä°stanbul"', 23 * " " + "^"),
        ("wide.md", span(3, 6, 13), "    key:    value\u0301 x", 8 * " " + "^" * 9),
        ("wide.md", span(3, 12, 12), "    key:    value\u0301 x", 16 * " " + "^"),
        ("wide.md", span(3, 15, 16), "    key:    value\u0301 x ", 19 * " " + "^"),
        ("crlf.md", span(2, 8, 9), "title: x", 7 * " " + "^"),
        ("crlf.md", span(2, 9, 1, 3), "title: x", 8 * " " + "^"),
        ("crlf.md", span(2, 1, 2, 3), "title: x", 8 * "^"),
        ("crlf.md", span(2, 99, 99), "title: x", 8 * " " + "^"),
        ("crlf.md", span(4, 1, 1), "", "^"),
        (
            "evil.md",
            span(2, 8, 9),
            "title: \\x1b[31mred\\u202egnp.exe\\x9b\\u200b",
            7 * " " + "^^^^",
        ),
    ],
)
def test_carets_are_below_the_span(path: str, at, line: str, mark: str) -> None:
    text = render(Report(1, diagnostics=(diagnostic(at, path),)))
    assert excerpt_lines(text) == (line, mark)


@given(REPORTS)
def test_control_characters_are_escaped(report: Report) -> None:
    text = render(report).replace("\n", "")
    assert not UNSAFE.search(text)
    assert not set(text) & {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("group_by", ["file", "rule", "cause", "auto"])
def test_links_change_nothing_else(
    color: ColorChoice, group_by: GroupBy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render_linked(force: str) -> str:
        monkeypatch.setenv("FORCE_HYPERLINK", force)
        file = io.StringIO()
        writer = create_writer(file, color, {"mojibake": "https://example.org/mojibake"})
        render_text(REPORT, writer, lambda path: SourceText(SOURCES.get(path, "")), group_by)
        return file.getvalue()

    linked, plain = render_linked("1"), render_linked("0")
    assert "\x1b]8;;https://example.org/mojibake\x1b\\mojibake\x1b]8;;\x1b\\" in linked
    assert re.sub(r"\x1b\]8;;.*?\x1b\\", "", linked) == plain


@pytest.mark.parametrize("address", ["", "javascript:1", "https://a\x1b[31m", "https://a b"])
def test_an_address_that_is_unsafe_is_no_link(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    file = io.StringIO()
    writer = create_writer(file, "never", {"mojibake": address})
    render_text(REPORT, writer, lambda path: SourceText(SOURCES.get(path, "")))
    assert "\x1b" not in file.getvalue()
