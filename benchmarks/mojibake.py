"""Measure the share of mojibake that is found, by code page.

    python benchmarks/mojibake.py [ARCHIVE]

Distinct strings of an archive, and sentences in ten languages, are encoded as UTF-8 and decoded as
something else. *Restorable* are those that `ftfy.fix_encoding` brings back whole, *found* those of
them that newslint reports, *exact* those whose reported runs are just the characters that differ,
and *restored* those that splicing the runs' text brings back.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from ftfy import fix_encoding
from pairs import strings_of

from newslint.records.mojibake import find_mojibake

SENTENCES = (
    "L’été dernier, les élèves ont fêté Noël à la plage — déjà !",
    "Größere Züge fahren über die „neue“ Brücke nach Köln.",
    "El año pasado, ¿quién pagó el café de la señora Núñez?",
    "A reunião não começou às três; o avião já tinha saído.",
    "Perché la città è così bella? Perché c’è il sole.",
    "Åsa och Östen åkte på färd till Malmö.",
    "Zażółć gęślą jaźń — powiedział wójt.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "İstanbul’da güneşli bir gün, çok şükür.",
    "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "Ο ήλιος λάμπει πάνω από την Αθήνα.",
    "東京の天気は晴れです。",
    "Mobius—hosted “AI” costs €5 • that’s all… ™",
)


def decoded_as(codec: str) -> Callable[[str], str]:
    """Return the damage of decoding UTF-8 as `codec`."""
    return lambda text: text.encode("utf-8").decode(codec)


def without_undefined(text: str) -> str:
    """Return `text` decoded as cp1252, with the bytes that it does not define lost."""
    return text.encode("utf-8").decode("cp1252", errors="ignore")


def twice(text: str) -> str:
    """Return `text` decoded as the sloppy cp1252 twice over."""
    once = text.encode("utf-8").decode("sloppy-windows-1252")
    return once.encode("utf-8").decode("sloppy-windows-1252")


DAMAGE: dict[str, Callable[[str], str]] = {
    "cp1252": decoded_as("sloppy-windows-1252"),
    "latin-1": decoded_as("latin-1"),
    "cp1251": decoded_as("sloppy-windows-1251"),
    "macroman": decoded_as("macroman"),
    "cp437": decoded_as("cp437"),
    "cp1252 twice": twice,
    "cp1252, bytes lost": without_undefined,
}


def main() -> None:
    strings = list(SENTENCES)
    if len(sys.argv) > 1:
        strings += strings_of(Path(sys.argv[1]))
    intact = [text for text in strings if fix_encoding(text) == text]
    alarms = sum(bool(find_mojibake(text).runs) for text in intact)
    print(f"{len(intact)} intact strings, {alarms} false alarms")
    texts = [text for text in intact if not text.isascii()]
    print(f"{len(texts)} of them are not ASCII")
    print(
        f"{'damage':20} {'damaged':>8} {'restorable':>11} {'found':>6} {'exact':>6} {'restored':>9}"
    )
    for name, damage in DAMAGE.items():
        report(name, damage, texts)


def report(name: str, damage: Callable[[str], str], texts: list[str]) -> None:
    """Print the figures for one kind of damage."""
    pairs = [(text, damage(text)) for text in texts]
    pairs = [(text, broken) for text, broken in pairs if broken != text]
    restorable = [(text, broken) for text, broken in pairs if fix_encoding(broken) == text]
    found = [(text, broken) for text, broken in restorable if find_mojibake(broken).runs]
    exact = sum(_is_exact(text, broken) for text, broken in found)
    restored = sum(_restored(broken) == text for text, broken in found)
    figures = len(pairs), len(restorable), len(found), exact, restored
    print("{:20} {:8} {:11} {:6} {:6} {:9}".format(name, *figures))


def _restored(broken: str) -> str:
    """Return `broken` with the reported runs replaced."""
    for run in reversed(find_mojibake(broken).runs):
        broken = broken[: run.start] + run.original + broken[run.end :]
    return broken


def _is_exact(text: str, broken: str) -> bool:
    """Check that the runs and the texts between them make up `text`."""
    end = 0
    rest = text
    for run in find_mojibake(broken).runs:
        kept = broken[end : run.start]
        if not rest.startswith(kept + run.original) or run.text[:1] == run.original[:1]:
            return False
        rest = rest[len(kept) + len(run.original) :]
        end = run.end
    return rest == broken[end:]


if __name__ == "__main__":
    main()
