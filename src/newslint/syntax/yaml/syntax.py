"""YAML as a syntax of front matter."""

from collections.abc import Sequence
from typing import Any

from newslint.syntax.characters import CharacterMap
from newslint.syntax.fence import Fence
from newslint.syntax.problem import Limits
from newslint.syntax.protocol import ReaderOptions, Removal, Replacement, Syntax
from newslint.syntax.value import Value
from newslint.syntax.yaml import removal, scalars, tokens, writing
from newslint.syntax.yaml.fragments import YamlReader
from newslint.text.location import Span
from newslint.text.source_text import SourceText


class Yaml(Syntax):
    """YAML, as PyYAML reads it."""

    name = "yaml"
    label = "YAML"
    suffixes = frozenset({".yml", ".yaml"})
    fences = (Fence("---", "---", r"---|\.\.\.", is_reserved=True),)
    first_line = r"[\"']?[^\W\d][\w .-]*[\"']?[ \t]*:(?=[ \t\r\n]|\Z)"
    multiline_styles = scalars.BLOCK_STYLES
    has_exact_ends = False

    def create_reader(self, limits: Limits, options: ReaderOptions) -> YamlReader:  # noqa: D102 # inherited
        return YamlReader(limits, **options._asdict())

    def map_characters(self, raw: str, style: str, value: str) -> CharacterMap | None:  # noqa: D102 # inherited
        return scalars.map_characters(raw, style, value)

    def write_text(self, text: str, style: str, source: str = "") -> str:  # noqa: D102 # inherited
        return writing.write_text(text, style, source)

    def write_literal(self, value: Any, style: str, source: str = "", original: str = "") -> str:  # noqa: D102 # inherited
        return writing.write_literal(value, style, source, original)

    def write_part(self, new: str, style: str) -> str | None:  # noqa: D102 # inherited
        return writing.write_part(new, style)

    def can_replace(  # noqa: D102 # inherited
        self, raw: str, written: Sequence[Replacement], style: str, wanted: str
    ) -> bool:
        return writing.can_replace(raw, written, style, wanted)

    def find_removals(self, source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:  # noqa: D102 # inherited
        return removal.entry_removals(source, mapping, key)

    def has_adjacent_entries(self, list_value: Value) -> bool:  # noqa: D102 # inherited
        return removal.has_adjacent_entries(list_value)

    def entry_lines(self, entry: Value) -> Span | None:  # noqa: D102 # inherited
        return removal.entry_lines(entry)

    def find_layout(self, source: SourceText, start: int, end: int) -> tokens.YamlLayout:  # noqa: D102 # inherited
        return tokens.YamlLayout(source, start, end, tokens.tokenize(source, start, end))


SYNTAX = Yaml()
