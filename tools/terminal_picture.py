"""The picture of a report at a terminal for README, as SVG."""

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

REPOSITORY = Path(__file__).parents[1]
COMMAND = ("check", "seeds/", "--select", "mojibake,quality-mismatch")
WIDTH = 80

# That of rich, without fonts from another site.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>newslint check seeds/</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw() -> str:
    """Run newslint on the sample records, and draw its report."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "FORCE_HYPERLINK": "0"}
    report = subprocess.run(  # noqa: S603 # our own command
        [sys.executable, "-m", "newslint", *COMMAND, "--no-cache"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ newslint {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(report.stdout))
    return console.export_svg(
        title="newslint", theme=MONOKAI, code_format=FORMAT, unique_id="newslint"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(), "utf-8")
