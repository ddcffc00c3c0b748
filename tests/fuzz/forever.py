"""Fuzz for a number of seconds: `make fuzz SECONDS=600`.

Each target runs in a process of its own, guided by coverage. An input that breaks a target is
written to `build/fuzz/`; the command to run it again is printed. Make a case of it:
bytes go into `test_found.py`, an example of hypothesis fails in pytest from then on.
"""

import io
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path

import atheris

TESTS = Path(__file__).parent.parent
FOLDER = TESTS.parent / "build" / "fuzz"
HYPOTHESIS = {
    "agree": "test_fragments_change_nothing:test_values_places_and_problems_are_the_same",
    "reports": "test_fragments_change_nothing:test_reports_are_the_same",
    "kept": "test_kept_is_new:test_nothing_of_any_file_is_lost",
    "settings": "test_surroundings:test_any_settings_are_used_or_refused",
    "schemas": (
        "test_surroundings:test_any_json_schema_is_used_or_refused"
        ":test_any_yaml_schema_is_used_or_refused:test_any_bytes_of_a_schema_are_used_or_refused"
    ),
    "lists": (
        "test_surroundings:test_any_baseline_is_used_or_refused"
        ":test_any_history_is_used_or_its_lines_are_named"
        ":test_any_pattern_is_used_or_refused"
    ),
    "syntaxes": (
        "test_other_syntaxes:test_any_toml_is_read_or_has_a_place"
        ":test_any_json_is_read_or_has_a_place:test_any_front_matter_is_read_or_has_a_place"
    ),
    "archives": "test_nothing_breaks:test_any_archive_is_reported_on_and_repaired",
}
"""Properties whose examples are built from the fuzzer's bytes: module and functions."""

TARGETS = ("bytes", *HYPOTHESIS)
SLOWEST = 60
"""Seconds that no input may take; instrumented code is several times slower."""

MOST_MEMORY = 2048
"""Mebibytes."""


def run_all(seconds: int) -> int:
    """Run all targets one after the other; return how many broke."""
    each = max(1, seconds // len(TARGETS))
    broken = [name for name in TARGETS if _run(name, f"-max_total_time={each}")]
    for name in broken:
        kept = FOLDER / name / "broken"
        print(f"{name} broke. To run it again: python {Path(__file__)} {name} {kept}/FILE")
    return len(broken)


def _run(name: str, *options: str) -> int:
    """Run a target in a process of its own; return its exit status."""
    corpus, kept = FOLDER / name / "corpus", FOLDER / name / "broken"
    for folder in (corpus, kept):
        folder.mkdir(parents=True, exist_ok=True)
    usual = [
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        "-max_len=8192",
        "-len_control=0",
    ]
    usual += [f"-artifact_prefix={kept}/", "-print_final_stats=1"]
    print(f"fuzzing {name}", flush=True)
    return subprocess.run(
        [sys.executable, __file__, name, corpus, *usual, *options], check=False
    ).returncode


def fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process, which ends with it.

    Args:
        name: One of `TARGETS`.
        arguments: libFuzzer's arguments: folders of inputs or files to run again, and options.
    """
    sys.path[:0] = [str(TESTS), str(TESTS / "fuzz")]
    with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["newslint"]):
        target, seeds = _bytes() if name == "bytes" else _property(HYPOTHESIS[name])
    corpus = Path(arguments[0])
    if corpus.is_dir() and not any(corpus.iterdir()):
        for number, data in enumerate(seeds):
            (corpus / f"seed-{number}").write_bytes(data)
    atheris.Setup([name, *arguments], target)
    atheris.Fuzz()


Target = tuple[Callable[[bytes], object], list[bytes]]
"""A function of an input, and the first inputs."""


def _bytes() -> Target:
    """Return the target that takes the bytes of a file, and its seeds."""
    from archives import REAL
    from everything import survive

    return lambda data: survive({"a.md": data, "b.yaml": data}), sorted(set(REAL))[::6]


def _property(place: str) -> Target:
    """Return the target that builds and tries an example of a property, and its seeds.

    The first byte of an input selects one of several properties.
    """
    module, *functions = place.split(":")
    properties = [getattr(__import__(module), name).hypothesis for name in functions]

    def target(data: bytes) -> object:
        return properties[data[0] % len(properties) if data else 0].fuzz_one_input(data[1:])

    chance = random.Random(1)
    return target, [chance.randbytes(4096) for _ in range(50)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case [seconds] if seconds.isdecimal():
            sys.exit(min(run_all(int(seconds)), 1))
        case [name, *rest] if name in TARGETS and rest:
            fuzz(name, rest)
        case _:
            sys.exit(f"usage: {sys.argv[0]} SECONDS | {{{','.join(TARGETS)}}} FILE...")
