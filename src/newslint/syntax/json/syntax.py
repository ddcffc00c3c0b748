"""JSON as a syntax of front matter."""

from collections.abc import Sequence
from typing import Any

from newslint.syntax.characters import CharacterMap
from newslint.syntax.fence import Fence
from newslint.syntax.json.fences import CommentFence, ObjectFence
from newslint.syntax.layout import Layout
from newslint.syntax.problem import Limits
from newslint.syntax.protocol import ReaderOptions, Removal, Replacement, Syntax, SyntaxReader
from newslint.syntax.value import Value
from newslint.text.source_text import SourceText


class Json(Syntax):
    """JSON, as the module `json` reads it; its parser is imported when it is used."""

    name = "json"
    label = "JSON"
    suffixes = frozenset({".json"})
    fences = (
        ObjectFence(),
        Fence("---json", r"---[ \t]*(?i:json)", "---", "---"),
        Fence(";;;", ";;;", ";;;"),
        CommentFence(),
    )
    first_line = r"\{\s*(?:\"|\}|\Z)|\"[^\"]*\"\s*:.*,\s*\Z"
    has_comments = False

    def create_reader(self, limits: Limits, options: ReaderOptions) -> SyntaxReader:  # noqa: D102 # inherited
        from newslint.syntax.json.parser import JsonReader

        return JsonReader(limits, options)

    def map_characters(self, raw: str, style: str, value: str) -> CharacterMap | None:  # noqa: D102 # inherited
        from newslint.syntax.json.strings import map_characters

        return map_characters(raw, style, value)

    def write_text(self, text: str, style: str, source: str = "") -> str:  # noqa: D102 # inherited
        from newslint.syntax.json.strings import write_text

        del style, source
        return write_text(text)

    def write_literal(self, value: Any, style: str, source: str = "", original: str = "") -> str:  # noqa: D102 # inherited
        from newslint.syntax.json.strings import write_literal

        del source
        return write_literal(value, style, original)

    def write_part(self, new: str, style: str) -> str | None:  # noqa: D102 # inherited
        from newslint.syntax.json.strings import write_text

        del style
        return write_text(new)[1:-1]

    def can_replace(  # noqa: D102 # inherited
        self, raw: str, written: Sequence[Replacement], style: str, wanted: str
    ) -> bool:
        from newslint.syntax.json.strings import can_replace

        del style
        return can_replace(raw, written, wanted)

    def find_removals(self, source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:  # noqa: D102 # inherited
        from newslint.syntax.brackets import bracket_removals

        del source
        list_value = mapping.get(key)
        return {} if list_value is None else bracket_removals(list_value)

    def find_layout(self, source: SourceText, start: int, end: int) -> Layout:  # noqa: D102 # inherited
        return Layout(source, start, end, [])


SYNTAX = Json()
