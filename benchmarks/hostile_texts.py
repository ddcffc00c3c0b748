"""Texts that are nothing but defects: does any take more than linear time, or many seconds?

    python benchmarks/hostile_texts.py [--only NAME]

Each case is timed with a text of 6 kB and, if that takes noticeable time, with a quarter of it;
then with one of 200 kB to 1 MB. The tests count calls for such texts (`tests/call_counts.py`). That
does not show the time that one call of C takes, such as a search with a regular expression.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator

from newslint.documents.files import decode
from newslint.records.mojibake import find_mojibake
from newslint.records.text_comparison import is_same_or_truncated, is_same_text
from newslint.records.text_damage import find_entities
from newslint.rules.builtin import BUILTIN
from newslint.syntax import Reader
from newslint.syntax.yaml.resolve import resolve_plain
from newslint.testing import lint
from newslint.text.source_text import BYTE_ORDER_MARK

PLACES = {
    "headline": "title: >-\n  {}\nexcerpt: |\n  x {}\n",
    "quotes": "title: '{}'\nexcerpt: \"{}\"\n",
    "URLs": "webUrl: >-\n  https://example.org/{}\nimages:\n- url: >-\n    https://a.b/?x={}\n",
    "other fields": "provider:\n  domain: >-\n    {}\n  name: >-\n    {}\nquality: >-\n  {}\n",
    "dates": "publishedDateTime: >-\n  {}\ntopics:\n- >-\n  {}\nfeaturedContent: >-\n  {}\n",
    "entries": "related:\n- title: >-\n    {}\n  excerpt: >-\n    x {}\n  webUrl: >-\n    {}\n",
    "comments": "title: x # {}\n# newslint: ignore[{}]\nquality: 1 # newslint: {}\n",
    "keys": "? >-\n  {}\n: x\nsecured: >-\n  {}\n",
    "the body": "title: x\n---\n{}\n",
}
"""Front matter in which `{}` is replaced by a text."""

UNITS = [
    *("a", "é", "â€™", "Ã©", "İ", "e\u0301", "😀", "日本", "\x80", "â€\x9d"),
    *("\ufffd", "\xad", "\u200b", "\u202e", BYTE_ORDER_MARK),
    *(" ", "\t", "\xa0", "a ", "A ", "a  ", ". ", "...", "…", "/ ", "/", ":", ":80", "//"),
    *("www.", "a.b ", "http://", "https://a.b/?utm_x=1 ", "?", "&utm_a=b", "#", " #", "@"),
    *("&", "&amp;", "amp;", "&#038;", "%41", "%41 ", "%", "<b>", "<", "</p>", "<!--", ">"),
    *("-", "--", "'", "''", '"', "\\", "\\\\", "[", "]", "(", "!", "!a%", "cookies "),
    *("1", "1,", "1:", "2022-01-01 ", "text,", "ignore[text]"),
    *("newslint: ignore[text] ", "# newslint: ignore-file[x] "),
]
"""Texts are one of these, over and over."""

YAML_STARTS = ("", "a:\n- b: |\n    x\n", "a: &x # c\n", 'a: "')
YAML_UNITS = {
    "heads": "a:\n- ",
    "head lines": "a:\n- b\n",
    "deep heads": "- a:\n  - ",
    "spaces": " ",
    "blank lines": "\n",
    "blanks in lines": "   \n",
    "comments": "# c\n",
    "carriage returns": "\r",
    "tabs": "\t",
    "dashes": "-\n",
    "nested dashes": "- ",
    "question marks": "? ",
    "keys": "a: b\n",
    "colons": ": ",
    "commas": ",",
    "properties": "&a ",
    "tags": "!a ",
    "quotes": "'",
    "double quotes": '"',
    "backslashes": "\\",
    "brackets": "[",
    "braces": "{a: ",
    "pipes": "|\n",
    "fences": "---\n",
    "dots": "...\n",
    "percent": "%\n",
    "text": "x ",
    "words": "x\n",
    "marks": "\ufeff",
    "nul": "\0",
    "stars": "*",
}

LOST = "\ufffd"
SHORT = 6_000
FEW_SECONDS = 0.3
GROWTH = 10.0
"""Four times the text may take this many times as long; a quadratic step takes 16 times."""

LONG = 200_000
MEGABYTE = 1_000_000
MAX_SECONDS = 5.0

Case = Callable[[int], object]
"""Processes a text of a number of bytes."""


def files_of(place: str, unit: str, size: int) -> dict[str, str]:
    """Build two files in which `size` bytes at a place consist of `unit`."""
    front_matter = PLACES[place].replace("{}", unit * (size // len(unit.encode())))
    return {name: f"---\n{front_matter}---\n{name}" for name in ("a.md", "b.md")}


def check(place: str, unit: str, size: int) -> None:
    """Check two hostile files with all rules."""
    lint([rule() for rule in BUILTIN], files_of(place, unit, size))


def read_yaml(start: str, unit: str, size: int) -> None:
    """Parse hostile YAML."""
    Reader().read(start + unit * (size // len(unit)) + "z: y\n")


def short_cases() -> Iterator[tuple[str, Case]]:
    """Yield the cases that are timed with a short text, and with a quarter of it."""
    for place in PLACES:
        for unit in UNITS:
            yield f"{place}: {unit!r}", lambda size, p=place, u=unit: check(p, u, size)


def long_cases() -> Iterator[tuple[str, int, Case]]:
    """Yield the cases that are timed with a long text, and its size."""
    for place, front_matter in PLACES.items():
        for unit in ("word ", "naïve ", "日本", "a"):
            size = MEGABYTE // 2 // front_matter.count("{}")
            yield (
                f"{place}: a megabyte of {unit!r}",
                size,
                lambda n, p=place, u=unit: check(p, u, n),
            )
    for start in YAML_STARTS:
        for name, unit in YAML_UNITS.items():
            yield f"YAML: {start!r}, {name}", LONG, lambda n, s=start, u=unit: read_yaml(s, u, n)
    for digit in ("1", "0x1", "0b1", "01", "1:1", "1.1", "1:1.5"):
        yield (
            f"number: {digit}",
            MEGABYTE,
            lambda n, d=digit: resolve_plain(d + d[1:] * (n // len(d))),
        )
    yield "lost characters, same", LONG, lambda n: is_same_text(f"a{LOST}" * n, "a" * (2 * n))
    yield "lost characters", LONG, lambda n: is_same_text(f"a{LOST}" * n + "b", "a" * (2 * n))
    yield "lost, truncated", LONG, lambda n: is_same_or_truncated(f"a{LOST}" * n, "a" * (3 * n))
    yield "dots, truncated", LONG, lambda n: is_same_or_truncated("a" + "." * n + "x", "b")
    yield "entities", LONG, lambda n: find_entities("&" + "amp;" * (n // 4))
    yield "mojibake", LONG, lambda n: find_mojibake("x y " * (n // 4) + "voilÃ  le " + "Ã  la")
    yield "encoding", MEGABYTE, lambda n: decode(b"plain text. " * (n // 12) + b"\xe9t\xe9")


def seconds(case: Case, size: int) -> float:
    """Measure the processor time of a case, in seconds."""
    gc.disable()  # as the command line does
    try:
        started = time.process_time()
        case(size)
        return time.process_time() - started
    finally:
        gc.enable()


def is_linear(case: Case) -> bool:
    """Compare the time of a short text with that of a quarter of it."""
    long = seconds(case, SHORT)
    if long <= FEW_SECONDS:
        return True
    quarter = min(seconds(case, SHORT // 4) for _ in range(2))
    return min(long, seconds(case, SHORT)) < GROWTH * quarter


def main() -> int:
    """Time all cases; return 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="part of the name of the cases to time")
    only = parser.parse_args().only
    slow = [
        f"{name}: more than linear time"
        for name, case in short_cases()
        if only in name and not is_linear(case)
    ]
    for name, size, case in long_cases():
        if only in name and (spent := seconds(case, size)) > MAX_SECONDS:
            slow.append(f"{name}: {spent:.1f} s for {size:,} characters")
    print("\n".join(slow) or "All texts take linear time.")
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())
