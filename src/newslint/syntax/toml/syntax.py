"""TOML as a syntax of front matter."""

from collections.abc import Sequence
from typing import Any

from newslint.syntax.characters import CharacterMap
from newslint.syntax.fence import Fence
from newslint.syntax.layout import Layout
from newslint.syntax.problem import Limits
from newslint.syntax.protocol import ReaderOptions, Removal, Replacement, Syntax, SyntaxReader
from newslint.syntax.value import Value
from newslint.text.source_text import SourceText


class Toml(Syntax):
    """TOML, as `tomllib` reads it; its parser is imported when it is used."""

    name = "toml"
    label = "TOML"
    suffixes = frozenset({".toml"})
    multiline_styles = frozenset({'toml:"""', "toml:'''"})
    fences = (
        Fence("+++", r"\+\+\+", r"\+\+\+"),
        Fence("---toml", r"---[ \t]*(?i:toml)", "---", "---"),
    )
    first_line = r"[\w.\"'-]+[ \t]*=[ \t]*[^=\s]|\[{1,2}[\w.\"'-]+\]{1,2}[ \t]*(?:#|[\r\n]|\Z)"

    def create_reader(self, limits: Limits, options: ReaderOptions) -> SyntaxReader:  # noqa: D102 # inherited
        from newslint.syntax.toml.parser import TomlReader

        return TomlReader(limits, options)

    def map_characters(self, raw: str, style: str, value: str) -> CharacterMap | None:  # noqa: D102 # inherited
        from newslint.syntax.toml.strings import map_characters

        return map_characters(raw, style, value)

    def write_text(self, text: str, style: str, source: str = "") -> str:  # noqa: D102 # inherited
        from newslint.syntax.toml.writing import write_text

        return write_text(text, style, source)

    def write_literal(self, value: Any, style: str, source: str = "", original: str = "") -> str:  # noqa: D102 # inherited
        from newslint.syntax.toml.writing import write_literal

        return write_literal(value, style, source, original)

    def write_part(self, new: str, style: str) -> str | None:  # noqa: D102 # inherited
        from newslint.syntax.toml.writing import write_part

        return write_part(new, style)

    def can_replace(  # noqa: D102 # inherited
        self, raw: str, written: Sequence[Replacement], style: str, wanted: str
    ) -> bool:
        from newslint.syntax.toml.writing import can_replace

        return can_replace(raw, written, style, wanted)

    def find_removals(self, source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:  # noqa: D102 # inherited
        from newslint.syntax.toml.removal import find_removals

        return find_removals(source, mapping, key)

    def find_layout(self, source: SourceText, start: int, end: int) -> Layout:  # noqa: D102 # inherited
        from newslint.syntax.toml.layout import find_layout

        return find_layout(source, start, end)


SYNTAX = Toml()
