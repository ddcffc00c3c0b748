"""The rule `truncated-excerpt`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from newslint.records.text_comparison import normalise_text
from newslint.records.words import can_split, detect_language, split_words
from newslint.rules.api import (
    AggregateRule,
    Bad,
    Description,
    DescriptionDiagnostic,
    Field,
    Good,
    Group,
    Mention,
    Severity,
    quote_value,
)
from newslint.text.lazy_pattern import lazy_pattern

_OPEN_END = re.compile(r"[,(&–—،、，（〈《「『【〔]\Z|\w-\Z")
_URL_END = lazy_pattern(r"(?:://|www\.|\.\w{2,4}/)\S*\Z")
_FRAGMENT = lazy_pattern(r"[a-z]{4,}[iujqv]")
_WHOLE_WORDS = frozenset(
    """
    taxi multi semi anti maxi mini menu sushi alumni emoji safari wiki graffiti kiwi yeti khaki
    bikini origami tsunami spaghetti broccoli martini wifi rabbi chili guru tofu haiku bureau
    plateau milieu tableau impromptu fungi stimuli nuclei radii loci hindi azeri bengali
    """.split()  # noqa: SIM905 # a list of words reads better
)
_NEVER_LAST: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "english": """
            a about an and are as at because between but by can for from have if in into is its of
            on or our per than that the their this through to was were when which while who will
            with your
        """,
        "german": """
            beim dass dem den der des die das eine einem einen einer eines für im am ins oder sowie
            und vom von weil wenn zum zur
        """,
        "french": """
            au aux ce ces cette dans de des dont du en et la le les leurs ou par pour que qui
        """,
        "spanish": "al con de del e el en la las los o para por que se sin su sus u un y",
        "italian": """
            ai al alla alle che con da dal dalla degli dei del della delle di e fra gli i il in la
            le nel nella o per tra un
        """,
        "portuguese": "ao aos as com da das de do dos e em na nas no nos o os ou para por que um à",
        "dutch": "de een en met of te van",
        "swedish": "att ett och som",
        "danish": "at og",
        "russian": "в для и из к на от по с что",
        "turkish": "ve",
    }.items()
}
"""Words that do not end a sentence, by language; none that ends one as another part of speech."""

_JOINING_WORDS = frozenset(chain.from_iterable(_NEVER_LAST.values()))
_UNSPACED_TAIL = 20
_MAX_LENGTH = 1000
_LENGTHS = 2048
"""Factor of the digest in the number of an excerpt, which leaves room for two lengths."""

_SAMPLE_SIZE = 50_000
"""Maximum number of excerpts of which the usual lengths are found."""

_WINDOW = 16
_MIN_CUTS = 20
_MIN_SHARE = 0.3
_MAX_CLOSED = 0.25


class _Lengths(NamedTuple):
    """The lengths at which excerpts of an archive are usually cut; both are 0 if there are none."""

    first: int = 0
    last: int = 0


class TruncatedExcerpt(AggregateRule):
    """The excerpt is cut in the middle of a sentence.

    It ends in a fragment of a word, with a comma or a dash, or with a word that does not end a
    sentence in its language, such as an article or a preposition. If many excerpts of the archive
    end without a full stop at nearly the same length, and few others have that length, all of these
    are cut. An excerpt that ends with an ellipsis is not reported, nor is one that only lacks a
    full stop.

    Why: readers see `…With thousands of contri`.
    """

    id = "truncated-excerpt"
    severity = Severity.INFO
    roles = ("excerpt",)
    reads = "excerpt"
    fields_read = frozenset({"excerpt"})
    examples = (
        Bad(
            "excerpt: Since 2016, when we partnered with the AI community to create the framework, "
            "open collaboration has been essential to its success. With thousands of contri"
        ),
        Good("excerpt: Since 2016 we have partnered with the AI community. It was essential."),
        Good("excerpt: Embedding reports in model driven and Dynamics applications for everybody"),
    )

    least: int = Field(60, description="Minimum length of an excerpt, in characters.", ge=0)

    def keys(self, mention: Mention) -> Iterable[str]:
        """Put all excerpts that are long enough into one group."""
        excerpt = mention.description.excerpt
        return ("",) if excerpt and len(excerpt) >= self.least and _has_words(excerpt) else ()

    def measure(self, group: Group) -> tuple[int, ...]:
        """Number the distinct excerpts."""
        texts = {normalise_text(each.excerpt or "") for each in group.descriptions}
        return self.merge([map(_number, texts)])

    def merge(self, statistics: Iterable[Iterable[int]]) -> tuple[int, ...]:
        """Unite the numbers of excerpts; of very many, those that are lowest are a sample."""
        return tuple(sorted({*chain.from_iterable(statistics)})[:_SAMPLE_SIZE])

    def finish(self, key: str, statistic: tuple[int, ...]) -> _Lengths:
        """Find the usual lengths of cut excerpts."""
        del key
        ends = Counter(number % _LENGTHS for number in statistic)
        counts = {
            each: [ends[length * 2 + each] for length in range(_MAX_LENGTH + 1)]
            for each in (True, False)
        }
        return _find_usual_lengths(counts)

    def check(
        self, key: str, description: Description, finished: _Lengths
    ) -> Iterator[DescriptionDiagnostic]:
        """Check the end of the excerpt."""
        del key
        text = normalise_text(description.excerpt or "")
        if len(text) >= self.least and _has_words(text) and _is_cut(text, finished):
            message = f"the excerpt is cut off: {quote_value('…' + _last_words(text))}"
            found = self.flag(description.target("excerpt"), message, cause=description.article)
            yield DescriptionDiagnostic(description, found)


def _has_words(text: str) -> bool:
    """Check whether `text` contains several words; not all scripts have spaces between them."""
    return " " in text or not can_split(text)


def _last_words(text: str) -> str:
    """Shorten `text` to its last four words, or its end in a script without spaces."""
    return " ".join(text.rsplit(None, 4)[1:]) if can_split(text) else text[-_UNSPACED_TAIL:]


def _number(text: str) -> int:
    """Compute the number of an excerpt: its digest, its length, and whether it has no end."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    end = min(len(text), _MAX_LENGTH) * 2 + _has_no_end(text)
    return int.from_bytes(digest) * _LENGTHS + end


def _is_cut(text: str, usual: _Lengths) -> bool:
    """Check whether `text` ends in the middle of a sentence."""
    if _OPEN_END.search(text):
        return True
    if not _is_open(text):
        return False
    if usual.first <= len(text) <= usual.last:
        return True
    last = text.rsplit(None, 1)[-1]
    if last.lower() in _JOINING_WORDS:
        return last.lower() in _NEVER_LAST.get(_guess_language(text), ())
    return (
        _FRAGMENT.fullmatch(last) is not None
        and last not in _WHOLE_WORDS
        and detect_language(split_words(text)) == "english"
    )


def _guess_language(text: str) -> str:
    """Detect the language of `text`; English if unsure and all its letters are ASCII."""
    found = detect_language(split_words(text))
    is_plain = all(char.isascii() for char in text if char.isalpha())
    return found or ("english" if is_plain else "")


def _is_open(text: str) -> bool:
    """Check whether `text` ends with a letter or digit that is not part of a URL."""
    return text[-1:].isalnum() and not _URL_END.search(text[-200:])


def _has_no_end(text: str) -> bool:
    """Check whether `text` ends without a full stop, or with an ellipsis."""
    return _is_open(text) or text.endswith(("…", "..."))


def _find_usual_lengths(counts: Mapping[bool, list[int]]) -> _Lengths:
    """Find the window of lengths with most excerpts that have no end.

    Args:
        counts: The number of excerpts by length, with an end (False) and without one (True).
    """
    cut, closed = (
        [sum(each[at : at + _WINDOW]) for at in range(_MAX_LENGTH - _WINDOW)]
        for each in (counts[True], counts[False])
    )
    most = max(cut)
    first = cut.index(most)
    if most < max(_MIN_CUTS, _MIN_SHARE * sum(counts[True])) or closed[first] > _MAX_CLOSED * most:
        return _Lengths()
    return _Lengths(first, first + _WINDOW - 1)
