"""The yardstick: `yaml.load(text, yaml.CSafeLoader)` of an archive's front matter.

    python benchmarks/yardstick.py FOLDER

Prints the seconds that the calls took, by the clock and of the processor, as JSON. Reading files
and finding front matter is left out, and so are the start of Python and of its modules.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml

_SUFFIXES = {".md", ".markdown", ".mdx", ".html", ".txt", ".yml", ".yaml"}


def front_matter(folder: Path) -> Iterator[str]:
    """Yield the front matter of each file below `folder` that has some, in no set order."""
    for path in folder.rglob("*"):
        if path.suffix not in _SUFFIXES or not path.is_file():
            continue
        text = path.read_text("utf-8-sig", errors="replace")
        end = text.find("\n---", 3)
        if text.startswith("---\n") and end > 0:
            yield text[4 : end + 1]


def parse_time(folder: Path) -> dict[str, float]:
    """Return the seconds that parsing the front matter below `folder` takes."""
    wall = cpu = 0.0
    for text in front_matter(folder):
        wall_before, cpu_before = time.perf_counter(), time.process_time()
        with suppress(yaml.YAMLError):  # real archives contain invalid YAML, which takes time, too
            yaml.load(text, yaml.CSafeLoader)
        wall += time.perf_counter() - wall_before
        cpu += time.process_time() - cpu_before
    return {"wall": wall, "cpu": cpu}


if __name__ == "__main__":
    print(json.dumps(parse_time(Path(sys.argv[1]))))
