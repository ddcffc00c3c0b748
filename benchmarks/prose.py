"""Markdown for the bodies of records: paragraphs, lists, links and code."""

import random

_WORDS = """
a about after all also and as at because before between both but by can company day engineers every
first for from group have heard in industry into it its last later less like made many market more
most near new next no not now of often on one or other our over part people plan product public
quarter said say season since so some source still story team than that the their then they this
those three to town two under until was week were what when which while who will with work year
"""
_PARAGRAPH = 60


def prose(seed: int, words: int) -> str:
    """Return Markdown of about so many words: the same for the same seed."""
    rng = random.Random(f"prose {seed}")
    blocks = []
    while words > 0:
        length = min(words, rng.randint(_PARAGRAPH // 2, _PARAGRAPH))
        blocks.append(_block(rng, length))
        words -= length
    return "\n\n".join(["", *blocks, ""]) if blocks else ""


def _block(rng: random.Random, words: int) -> str:
    """Return one block of Markdown."""
    said = rng.choices(_WORDS.split(), k=words)
    text = " ".join(said).capitalize()
    match rng.randrange(8):
        case 0:
            return f"## {' '.join(said[:4]).capitalize()}\n\n{text}."
        case 1:
            return "\n".join(f"- {' '.join(said[at : at + 8])}" for at in range(0, words, 8))
        case 2:
            return f"> {text}."
        case 3:
            return f"```yaml\n---\nrelated: [{', '.join(said)}]\n---\n```"
        case 4:
            return f"{text}, as [{said[0]}](https://www.example.com/{said[-1]}) *wrote*."
    return f"{text}."
