"""The rule `boilerplate-excerpt`."""

from collections.abc import Iterable, Iterator

from newslint.records.boilerplate import Boilerplate, locate_boilerplate
from newslint.records.near_duplicates import distinct_headlines
from newslint.records.text_comparison import normalise_text
from newslint.records.words import COMMON_WORDS, normalise_words, split_words
from newslint.rules.api import (
    Bad,
    Description,
    DescriptionDiagnostic,
    Diagnostic,
    Field,
    Good,
    Group,
    GroupRule,
    Mention,
    Safety,
    Severity,
    part_of_target,
    quote_value,
    replace_value,
)

_MIN_SUBJECT = 2
_MOST = 0.8
_RECORD = "title: {0}\nwebUrl: https://example.org/{1}\nexcerpt: {2}"
_SITE = "All that matters in the world of technology, every day and all week long."
_LEAD = "The framework gets a foundation of its own, and a board to go with it."


class BoilerplateExcerpt(GroupRule):
    """The excerpt is boilerplate of the site, not about the article.

    Three stories or more have the same excerpt, or it is a notice about cookies, a paywall,
    copyright, subscriptions or the site itself. Notices are recognised in an excerpt that occurs
    once, too. If only the beginning or the end of the excerpt is a notice, that part is reported.

    Articles with near-identical headlines are one story. Stories whose headlines share words with
    the excerpt are about one subject, such as several reports on one market, and are not reported.

    Why: the teaser does not describe the article, and several articles have the same one.
    Fix safety: unsafe; the removed sentences may belong to the article.
    """

    id = "boilerplate-excerpt"
    severity = Severity.WARNING
    roles = ("excerpt",)
    reads = "excerpt"
    fields_read = frozenset({"title", "excerpt"})
    examples = (
        Bad("excerpt: This website uses cookies to give you the best experience."),
        Bad(
            _RECORD.format("PyTorch moves on", "a", _SITE),
            _RECORD.format("AMD joins", "b", _SITE),
            _RECORD.format("Rome votes", "c", _SITE),
        ),
        Bad(
            f"excerpt: {_LEAD} Sign up for our free newsletters.",
            fixed=f'excerpt: "{_LEAD}"',
        ),
        Good(_RECORD.format("PyTorch moves", "a", _LEAD), _RECORD.format("AMD joins", "b", _LEAD)),
        Good(
            _RECORD.format("PyTorch gets a foundation", "a", _LEAD),
            _RECORD.format("PyTorch gets its foundation", "b", _LEAD),
            _RECORD.format("PyTorch has got a foundation", "c", _LEAD),
        ),
    )

    articles: int = Field(
        3, description="Minimum number of different stories with the same excerpt.", gt=1
    )
    least: int = Field(
        25,
        description="Minimum length of a shared excerpt, in characters; notices can be shorter.",
        ge=0,
    )

    @staticmethod
    def keys(mention: Mention) -> Iterable[str]:
        """Group by the words of the excerpt, in lower case and without punctuation."""
        excerpt = mention.description.excerpt
        words = normalise_words(normalise_text(excerpt)) if excerpt else ""
        return (words,) if words else ()

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each description with the excerpt, if it is boilerplate."""
        found = locate_boilerplate(normalise_text(group.descriptions[0].excerpt or ""))
        stories = 0 if found else self._count_stories(group)
        if not found and not stories:
            return
        for description in group.descriptions:
            if found:
                diagnostic = self._flag_notice(description, group.key)
            else:
                message = f"boilerplate: {stories} stories have this excerpt"
                target = description.target("excerpt")
                diagnostic = self.flag(target, message, cause=group.key)
            yield DescriptionDiagnostic(description, diagnostic)

    def _flag_notice(self, description: Description, cause: str) -> Diagnostic:
        """Create the diagnostic for an excerpt that contains a notice."""
        target = description.target("excerpt")
        text = target.value
        found = locate_boilerplate(text)
        if found is None or found.is_whole(text):
            kind = locate_boilerplate(normalise_text(text))
            message = f"boilerplate: the excerpt is {kind.kind if kind else 'a notice'}"
            return self.flag(target, message, cause=cause)
        part = part_of_target(target, found.start, found.end)
        place, kept = _split(text, found)
        shown = quote_value(text[found.start : found.end].strip())
        message = f"boilerplate: the excerpt {place} with {found.kind}: {shown}"
        fix = replace_value(target, kept, "Remove the boilerplate", Safety.UNSAFE)
        return self.flag(part, message, cause=cause, fix=fix)

    def _count_stories(self, group: Group) -> int:
        """Count the stories that have the excerpt of `group`; 0 if it is not boilerplate."""
        if len(group.key) < self.least:
            return 0
        headlines = {each.title for each in group.descriptions if each.title and each.article}
        if len(headlines) < self.articles:  # the most common case
            return 0
        stories = distinct_headlines(headlines)
        if len(stories) < self.articles or _have_one_subject(stories, group.key):
            return 0
        return len(stories)


def _split(text: str, found: Boilerplate) -> tuple[str, str]:
    """Describe the place of boilerplate in a text, and remove it from the text."""
    if found.start == 0:
        return "starts", text[found.end :].lstrip()
    return "ends", text[: found.start].rstrip()


def _have_one_subject(headlines: list[str], excerpt: str) -> bool:
    """Check whether most headlines share two words with the excerpt, such as those of a market."""
    words = {word for word in split_words(excerpt) if word not in COMMON_WORDS}
    shared = [words & set(split_words(normalise_text(each))) for each in headlines]
    counts = [sum(word in each for each in shared) for word in words]
    return sum(count >= _MOST * len(headlines) for count in counts) >= _MIN_SUBJECT
