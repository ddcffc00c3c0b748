"""Records with fixable defects, in every style of YAML scalars."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from hypothesis import strategies as st

from helpers import fence
from newslint.rules.example_records import NEWS_RECORD
from newslint.text.control_characters import FORBIDDEN

WORDS = "The makers of the framework say that it will grow next year"
DOMAIN = "{name: Example, domain: example.org}"
ENTRY = {
    "title": "PyTorch moves",
    "excerpt": "The framework gets a foundation of its own.",
    "publishedDateTime": "2022-09-12T21:33:00Z",
    "webUrl": "https://example.org/pytorch-moves",
    "type": "article",
    "quality": "84",
}
RECORD = {
    "category": "news",
    "title": "AMD joins",
    "excerpt": f"{WORDS}.",
    "publishedDateTime": "2022-09-13T08:00:00Z",
    "webUrl": "https://example.org/amd-joins",
    "type": "article",
    "quality": "7",
    "heat": "1",
    "published": "true",
    "topics": "[AI]",
}
WITHOUT_RECORD = "https://example.org/told-by-others-only"
GONE = {"webUrl": "https://example.org/gone"}


def host(name: str) -> str:
    """Build a record that mentions the article without a record."""
    entry = {**ENTRY, "webUrl": WITHOUT_RECORD}
    lines = "\n    ".join(f"{key}: {text}" for key, text in entry.items())
    own = NEWS_RECORD.replace("pytorch-moves", name)
    return f"{own}\nrelated:\n  - {lines}\n    provider: {DOMAIN}"


OTHERS = {
    "moves.md": NEWS_RECORD.replace("excerpt: ", "excerpt: |\n  "),
    "gone.md": NEWS_RECORD.replace("pytorch-moves", "gone").replace(
        "published: true", "published: false"
    ),
    "one.md": host("one"),
    "two.md": host("two"),
}
"""The other files of the archive, which mention the same articles."""

IN_ANY = {
    "mojibake": {"title": "Alphabetâ€™s cloud", "excerpt": f"{WORDS}, â€œhe saidâ€\x9d."},
    "control-character": {"excerpt": "The \x93cloud\x94 grows, it is said, year after year."},
    "html-entity": {"title": "R&amp;D moves", "excerpt": f"{WORDS} &#8211; &quot;soon&quot;."},
    "percent-encoded-text": {"title": "Morningstar%2c Inc. moves"},
    "invisible-character": {"excerpt": f"{WORDS}\u200b and the clo\u00adud."},
    "untidy-whitespace": {"title": "AMD  joins ,", "excerpt": f"{WORDS}  again."},
    "tracking-parameter": {"webUrl": "https://example.org/amd?utm_source=x&b=1#top"},
    "insecure-url": {"webUrl": "http://example.org/amd-joins"},
    "invalid-url": {"webUrl": "https://example.org/PR Newswire/amd"},
    "wrong-type": {"title": "1984", "excerpt": "No"},
    "boilerplate-excerpt": {"excerpt": f"{WORDS}. Sign up for our free newsletters."},
    "line-break-in-text": {"title": "AMD joins\nthe others", "excerpt": f"{WORDS},\nit is said."},
    "site-name-in-headline": {"title": "AMD joins the others - Example"},
    "moved-link": {"webUrl": "https://old.example/amd-joins"},
}
"""Defects of a record or an entry alone, by the rule that reports them."""
IN_ENTRIES = {
    "quality-mismatch": {"quality": "86"},
    "date-mismatch": {"publishedDateTime": "2022-09-12T20:33:00Z"},
    "headline-mismatch": {"title": "PyTorch: stays, 'as it is' #1"},
    "excerpt-mismatch": {"excerpt": "The makers lose a home in the mountains of Bavaria."},
    "replacement-character": {"title": "PyTorch\ufffdmoves"},
    "related-unpublished": GONE,
    "self-related": {key: RECORD[key] for key in ("webUrl", "title", "excerpt")},
    "duplicate-related": {},
}
"""Defects of an entry beside other mentions of its article."""
REFERENCES = ("quality-mismatch", "date-mismatch", "headline-mismatch", "excerpt-mismatch")
IN_BODIES = {
    "broken-local-link": "[the report](/files/Report.pdf)",
    "missing-local-image": "![a chart](/files/Chart.png)",
}
"""Defects of the text below the front matter: the case of files in `BESIDE`."""
IN_FILES = (
    "byte-order-mark",
    "inconsistent-term",
    "provider-name-mismatch",
    "unknown-reference",
    "unused-suppression",
)
BESIDE = {
    "newslint-verdicts.jsonl": (
        '{"address": "https://old.example/amd-joins", "state": "moved", "status": 200, '
        '"time": "9000-01-01T00:00:00Z", "final": "https://new.example/amd-joins"}'
    ),
    "_data/topics.yml": "AI: {}\nRobotics: {}\n",
    "static/files/report.pdf": "",
    "static/files/chart.png": "",
}
"""Other files of the site."""
FIXABLE = sorted({*IN_ANY, *IN_ENTRIES, *IN_BODIES, *IN_FILES})
"""The rules whose fixes are tested."""

_FIELD = re.compile(r"(?:title|excerpt|publishedDateTime|webUrl|quality|name|provider): ")
TEXTS = ("title", "excerpt", "webUrl")
ON_ONE_LINE = ("plain", "single", "double", "|", "|-", ">", ">-")
"""Styles of an invalid URL: one that is wrapped has no fix."""
STYLES = (*ON_ONE_LINE, "lines", "quoted lines")


@cache
def styled(text: str, style: str, indent: int) -> str:
    """Write `text` as YAML in a style if that can represent it; else in double quotes."""
    margin = "\n" + " " * (indent + 2)
    quoted = json.dumps(text, ensure_ascii=False)
    source = {
        "plain": text,
        "single": "'" + text.replace("'", "''") + "'",
        "lines": text.replace(" ", margin, 1),
        "quoted lines": quoted.replace(" ", margin, 1),
    }.get(style, quoted)
    if style[0] in "|>":
        source = f"{style}{margin}{text}"
    return source if reads_as(source, text) else quoted


def reads_as(source: str, text: str) -> bool:
    """Check that PyYAML reads `source` as `text`; characters that it rejects count as letters."""
    try:
        read = yaml.safe_load(FORBIDDEN.sub("x", f"k: {source}\n"))["k"]
    except yaml.YAMLError:
        return False
    return isinstance(read, str) and read.removesuffix("\n") == FORBIDDEN.sub("x", text)


class Defects(NamedTuple):
    """Defects to write into a record.

    Attributes:
        own: Fields of the record.
        entries: Fields of each entry.
        rules: The rules that must report them.
    """

    own: dict[str, str]
    entries: list[dict[str, str]]
    rules: frozenset[str]


@st.composite
def defects(draw: st.DrawFn, rules: Iterable[str]) -> Defects:
    """Draw fields with the defects of `rules`, each in a field of its own."""
    own, entries = dict(RECORD), []
    for rule in rules:
        broken = IN_ANY.get(rule, {})
        if rule in IN_ENTRIES:
            url = draw(st.sampled_from([ENTRY["webUrl"], WITHOUT_RECORD]))
            base = ENTRY | ({"webUrl": url} if rule in REFERENCES else {})
            entries.append(base | IN_ENTRIES[rule])
        elif broken and draw(st.booleans()):
            alone = {"webUrl": f"https://example.org/{rule}", "excerpt": f"All about {rule}."}
            entries.append(ENTRY | alone | broken)
        else:
            own |= broken
    if "duplicate-related" in rules or not entries:
        entries.append(ENTRY)
    return Defects(own, draw(st.permutations(entries)), frozenset(rules))


@st.composite
def fields(draw: st.DrawFn, some: dict[str, str], indent: int, provider: str) -> str:
    """Draw the lines of a mapping, the first without its indentation."""
    lines = []
    for name, text in some.items():
        style = "typed" if name not in TEXTS or text in IN_ANY["wrong-type"].values() else ""
        styles = ON_ONE_LINE if text == IN_ANY["invalid-url"]["webUrl"] else STYLES
        style = style or draw(st.sampled_from(styles))
        lines.append(f"{name}: {text if style == 'typed' else styled(text, style, indent)}")
    lines.append(f"provider: {provider}{draw(st.sampled_from(['', '  # by hand']))}")
    if draw(st.booleans()):
        lines.insert(draw(st.integers(1, len(lines))), "# a note")
    return f"\n{' ' * indent}".join(lines)


def in_brackets(some: dict[str, str], provider: str) -> str:
    """Write an entry as a flow mapping."""
    pairs = (
        f"{name}: {json.dumps(text, ensure_ascii=False) if name in TEXTS else text}"
        for name, text in some.items()
    )
    return "{" + ", ".join([*pairs, f"provider: {provider}"]) + "}"


@st.composite
def listed(draw: st.DrawFn, entries: list[dict[str, str]]) -> str:
    """Draw the source of a list of entries, with its key."""
    if draw(st.integers(0, 5)) == 0 and not any("1984" in each.values() for each in entries):
        between = draw(st.sampled_from([", ", ",\n  "]))
        return f"related: [{between.join(in_brackets(each, DOMAIN) for each in entries)}]\n"
    margin = draw(st.sampled_from(["", "  "]))
    between = draw(st.sampled_from(["", "", "\n", f"{margin}# the next\n"]))
    made = [draw(fields(each, len(margin) + 2, DOMAIN)) for each in entries]
    return "related:\n" + between.join(f"{margin}- {each}\n" for each in made)


@st.composite
def broken_records(draw: st.DrawFn, rules: Iterable[str]) -> str:
    """Draw a record with the defects of `rules`."""
    broken = draw(defects(sorted(rules)))
    name = draw(st.sampled_from(["Exmaple", "'Exmaple'", '"Exmaple"']))
    is_named = "provider-name-mismatch" not in broken.rules
    provider = DOMAIN if is_named else DOMAIN.replace("Example", name)
    term = "ai" if "inconsistent-term" in broken.rules else "AI"
    terms = f"[{term}, Robotik]" if "unknown-reference" in broken.rules else f"[{term}]"
    own = draw(fields(broken.own | {"topics": terms}, 0, provider))
    front = f"{own}\n{draw(listed(broken.entries))}"
    front += draw(st.sampled_from(["", "\n", "# the end\n"])) + "x-after: 1"
    if "unused-suppression" in broken.rules:
        comment = draw(st.sampled_from(["ignore", "ignore-file"]))
        front += f"  # newslint: {comment}[future-date]{draw(st.sampled_from(['', ' # kept']))}"
    body = " ".join(["The body.", *(IN_BODIES[each] for each in IN_BODIES if each in broken.rules)])
    text = f"{fence(front)}\n{body}\n"
    return draw(with_line_ends(text, is_mixed="byte-order-mark" in broken.rules))


@st.composite
def shared_records(draw: st.DrawFn, rules: Iterable[str]) -> str:
    """Draw a record with the defects of `rules` and an alias for one of its values."""
    text = draw(broken_records(rules))
    places = [match.end() for match in _FIELD.finditer(text)]
    at = draw(st.sampled_from(places))
    return f"{text[:at]}&shared {text[at:]}".replace("x-after: 1", "x-after: *shared")


@st.composite
def with_line_ends(draw: st.DrawFn, text: str, *, is_mixed: bool) -> str:
    """Draw line ends of one kind for `text`, or defective ones."""
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))
    if not is_mixed:
        return text
    return draw(st.sampled_from(["\ufeff" + text, text + "\r", text + "one\rtwo\nthree\r\n"]))


class Archive(NamedTuple):
    """A folder with a defective record among others that mention it."""

    folder: Path
    file: Path


def archive_of(folder: Path, text: str) -> Archive:
    """Write the record `text`, `OTHERS` and `BESIDE` to a folder."""
    (folder / "newslint.toml").touch()
    for name, content in BESIDE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    for name, front_matter in OTHERS.items():
        (folder / name).write_bytes(fence(front_matter).encode())
    file = folder / "a.md"
    file.write_bytes(text.encode())
    return Archive(folder, file)
