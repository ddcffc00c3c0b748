"""The manual's page of a rule, and the index of these pages, as Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newslint.diagnostics import Severity
from newslint.reporters.escape import display_lines
from newslint.rules.api import Example, Rule
from newslint.rules.explain import Explanation, RuleOption, explain, files_beside

_CODE = re.compile(r"(`[^`]*`)")
_TAG = re.compile(r"[<|]")
_LANGUAGES = {"jsonl": "json", "toml": "toml", "yml": "yaml"}
_INDEX_HEAD = """\
# Rules

What newslint finds, by category. `newslint rules` prints the same list, `newslint explain RULE` the
text of a page. [Settings](../settings.md) says how to select rules and categories, and how to set
severities and options; [suppression](../suppression.md) how to silence a rule at a place.
"""


def render_rule_page(rule: type[Rule]) -> Iterator[str]:
    """Yield the lines of the page about `rule`, each with its line end."""
    explanation = explain(rule)
    yield from _lines(f"# {rule.id}", "", _prose(explanation.summary), "")
    yield from _lines(*_properties(rule, explanation))
    for paragraph in _paragraphs(explanation):
        yield from _lines("", _prose(paragraph))
    if explanation.options:
        yield from _lines("", "## Options", "", *_options(rule, explanation.options))
    yield from _lines("", "## Examples")
    for example in rule.examples:
        yield from _lines("", *_example(example))
    yield from _lines("", "## Adapt or switch off", "", *_adaptation(rule))


def render_rule_index(rules: Iterable[type[Rule]]) -> Iterator[str]:
    """Yield the lines of the index of rules, with links to the pages beside it."""
    by_category: dict[str, list[type[Rule]]] = {}
    for rule in rules:
        by_category.setdefault(rule.category(), []).append(rule)
    yield _INDEX_HEAD
    for category, members in sorted(by_category.items()):
        yield from _lines("", f"## {category}", "")
        yield from _lines("| rule | severity | what it reports |", "|---|---|---|")
        for rule in members:
            summary = _cell(explain(rule).summary)
            severity = rule.severity.value + ("" if rule.default else ", off by default")
            yield f"| [{rule.id}]({rule.id}.md) | {severity} | {summary} |\n"


def _lines(*lines: str) -> Iterator[str]:
    """Yield `lines` with their line ends."""
    return (f"{line}\n" for line in lines)


def _properties(rule: type[Rule], explanation: Explanation) -> Iterator[str]:
    """Yield the table of category, severity, default selection and fixes."""
    yield "| category | severity | runs | fixes | since |"
    yield "|---|---|---|---|---|"
    runs = "by default" if rule.default else "when selected by name"
    fixes = _fixes(rule, explanation)
    severity = rule.severity.value
    if rule.severity_hidden is not None:
        severity += f"; {rule.severity_hidden.value} in records that readers cannot see"
    yield f"| {rule.category()} | {severity} | {runs} | {fixes} | {rule.since} |"


def _fixes(rule: type[Rule], explanation: Explanation) -> str:
    """Describe the fixes of a rule.

    A rule with unsafe fixes has a paragraph on fix safety, a rule with fixes has a fixed example.
    """
    if explanation.fix_safety:
        return "not all safe"
    return "safe" if any(each.fixed is not None for each in rule.examples) else "none"


def _paragraphs(explanation: Explanation) -> Iterator[str]:
    """Yield the paragraphs of an explanation after its summary."""
    yield from explanation.details
    if explanation.why:
        yield f"**Why:** {explanation.why}"
    if explanation.fix_safety:
        yield f"**Fix safety:** {explanation.fix_safety}"


def _options(rule: type[Rule], options: Sequence[RuleOption]) -> Iterator[str]:
    """Yield the table of options, and an example of settings."""
    yield "| option | type | default | what it does |"
    yield "|---|---|---|---|"
    for each in options:
        default = _cell(f"`{each.default}`") if each.default else "none: it must be set"
        yield f"| `{each.name}` | {each.type} | {default} | {_cell(each.description)} |"
    yield from ("", "```toml", f"[rules.{rule.id}]")
    yield from (f"{each.name} = {each.default or '...'}" for each in options)
    yield "```"


def _adaptation(rule: type[Rule]) -> Iterator[str]:
    """Yield settings that change when a rule runs, and how severe it is."""
    severity = Severity.INFO if rule.severity is not Severity.INFO else Severity.WARNING
    if rule.default:
        yield from ("```toml", f'ignore = ["{rule.id}"]            # off everywhere')
    else:
        yield from ("```toml", f'extend-select = ["{rule.id}"]     # on')
    yield from ("", f"[rules.{rule.id}]", f'severity = "{severity.value}"')
    if rule.default:
        yield from ("", "[[overrides]]                     # off for some files")
        yield from ('paths = ["/archive/2019/"]', f'ignore = ["{rule.id}"]')
    yield "```"
    yield ""
    yield (
        f"At one place: a comment `newslint: ignore[{rule.id}]`, see "
        "[suppression](../suppression.md). For all that is reported today: a "
        "[baseline](../baseline.md)."
    )


def _example(example: Example) -> Iterator[str]:
    """Yield the files of an example, and its first file after the fix."""
    place = f", in `{example.name}`" if example.name else ""
    yield ("**Bad**" if example.is_bad else "**Good**") + place
    for index, text in enumerate(example.files):
        if index:
            yield from ("", "together with the record")
        yield from ("", *_code_block(text, example))
    if example.beside:
        yield from _beside(example)
    if example.fixed is not None:
        yield from ("", "**Fixed**", "", *_code_block(example.fixed, example))


def _beside(example: Example) -> Iterator[str]:
    """Yield the names of the other files of a project, and their texts in blocks."""
    shown = list(files_beside(example))
    yield from ("", _prose(example.describe_beside()) + ":" * bool(shown))
    for path, text in shown:
        language = _LANGUAGES.get(path.rpartition(".")[2], "text")
        yield from ("", *_fenced(f"{language} {path}", text))


def _code_block(text: str, example: Example) -> Iterator[str]:
    """Yield a fenced block with `text`, its unsafe characters escaped."""
    kind = "text" if example.whole or text.startswith("---") else "yaml"
    return _fenced(kind, text)


def _fenced(info: str, text: str) -> Iterator[str]:
    """Yield a block with a fence that is longer than any in `text`."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    yield f"{fence}{info}"
    yield from display_lines(text)
    yield fence


def _prose(text: str) -> str:
    """Escape text outside of code, so that nothing is read as HTML or as a table."""
    parts = _CODE.split(text)
    parts[::2] = [_TAG.sub(lambda match: f"\\{match[0]}", part) for part in parts[::2]]
    return "".join(parts)


def _cell(text: str) -> str:
    """Escape text for a cell of a table, which a bar would end even in code."""
    return _prose(text).replace("\\|", "|").replace("|", "\\|")
