"""The page about a rule, as Markdown: what `newslint explain` says, for the documentation."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newslint.reporters.escape import display_lines
from newslint.rules.api import Example, Rule
from newslint.rules.explain import Explanation, RuleOption, explain

_CODE = re.compile(r"(`[^`]*`)")
_TAG = re.compile(r"[<|]")
_INDEX_HEAD = """\
# Rules

What newslint finds, by category. `newslint rules` prints the same list, `newslint explain RULE` the
text of a page. [Settings](../settings.md) says how to select rules and categories, and how to set
severities and options; [suppression](../suppression.md) how to silence a rule at a place.
"""


def render_rule_page(rule: type[Rule]) -> Iterator[str]:
    """Yield the lines of the page about `rule`, each with its line end."""
    told = explain(rule)
    yield from _lines(f"# {rule.id}", "", _prose(told.summary), "", *_facts(rule, told))
    for paragraph in _paragraphs(told):
        yield from _lines("", _prose(paragraph))
    if told.options:
        yield from _lines("", "## Options", "", *_options(rule, told.options))
    yield from _lines("", "## Examples")
    for example in rule.examples:
        yield from _lines("", *_example(example))


def render_rule_index(rules: Iterable[type[Rule]]) -> Iterator[str]:
    """Yield the lines of the page that lists `rules`, which come with their own pages beside it."""
    by_category: dict[str, list[type[Rule]]] = {}
    for rule in rules:
        by_category.setdefault(rule.category(), []).append(rule)
    yield _INDEX_HEAD
    for category, found in sorted(by_category.items()):
        yield from _lines("", f"## {category}", "")
        yield from _lines("| rule | severity | what it reports |", "|---|---|---|")
        for rule in found:
            summary = _cell(explain(rule).summary)
            severity = rule.severity.value + ("" if rule.default else ", off by default")
            yield f"| [{rule.id}]({rule.id}.md) | {severity} | {summary} |\n"


def _lines(*lines: str) -> Iterator[str]:
    """Yield `lines` with their line ends."""
    return (f"{line}\n" for line in lines)


def _facts(rule: type[Rule], told: Explanation) -> Iterator[str]:
    """Yield the table of what can be said in a word."""
    yield "| category | severity | runs | fixes |"
    yield "|---|---|---|---|"
    runs = "by default" if rule.default else "when selected by name"
    yield f"| {rule.category()} | {rule.severity.value} | {runs} | {_fixes(rule, told)} |"


def _fixes(rule: type[Rule], told: Explanation) -> str:
    """Return which fixes a rule brings.

    A rule says why a fix is unsafe wherever it brings one, and its examples show what fixes do.
    """
    if told.fix_safety:
        return "not all safe"
    return "safe" if any(each.fixed is not None for each in rule.examples) else "none"


def _paragraphs(told: Explanation) -> Iterator[str]:
    """Yield the text about a rule."""
    yield from told.details
    if told.why:
        yield f"**Why:** {told.why}"
    if told.fix_safety:
        yield f"**Fix safety:** {told.fix_safety}"


def _options(rule: type[Rule], options: Sequence[RuleOption]) -> Iterator[str]:
    """Yield the table of options, and how settings write them."""
    yield "| option | type | default | what it does |"
    yield "|---|---|---|---|"
    for each in options:
        default = _cell(f"`{each.default}`") if each.default else "none: it must be set"
        yield f"| `{each.name}` | {each.type} | {default} | {_cell(each.description)} |"
    yield from ("", "```toml", f"[rules.{rule.id}]")
    yield from (f"{each.name} = {each.default or '...'}" for each in options)
    yield "```"


def _example(example: Example) -> Iterator[str]:
    """Yield an example: the files that it consists of, and how the first looks when fixed."""
    yield ("**Bad**" if example.is_bad else "**Good**") + _named(example)
    for index, text in enumerate(example.files):
        if index:
            yield from ("", "together with the record")
        yield from ("", *_block(text, example))
    if example.fixed is not None:
        yield from ("", "**Fixed**", "", *_block(example.fixed, example))


def _named(example: Example) -> str:
    """Return what to say of the name of an example's first file."""
    return f", in `{example.name}`" if example.name else ""


def _block(text: str, example: Example) -> Iterator[str]:
    """Yield a fenced block that shows `text`, with nothing that a reader could not see."""
    kind = "text" if example.whole or text.startswith("---") else "yaml"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    yield f"{fence}{kind}"
    yield from display_lines(text)
    yield fence


def _prose(text: str) -> str:
    """Return a text with what is no code kept from being read as HTML or as a table."""
    parts = _CODE.split(text)
    parts[::2] = [_TAG.sub(lambda match: f"\\{match[0]}", part) for part in parts[::2]]
    return "".join(parts)


def _cell(text: str) -> str:
    """Return a text for the cell of a table, where a bar ends it even in code."""
    return _prose(text).replace("\\|", "|").replace("|", "\\|")
