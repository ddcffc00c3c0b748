"""The link stage: find out which URLs lead to the same article, and which articles tell one story.

Articles are the connected components of URLs that records share, and of variants of one article
(see `engine.link_variants`). Only records connect URLs; entries of `related` are copies, in which a
wrong URL would connect unrelated articles. Stories are the connected components of articles with
similar headlines (see `engine.link_stories`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

from newslint.engine.link_articles import ArticleLinks
from newslint.engine.link_candidate import Candidate, LinkedRecord, read_linked_record
from newslint.engine.link_components import PairGraph
from newslint.engine.link_stories import StoryLinks
from newslint.engine.link_variants import Variants
from newslint.records import Description, KeyFunction, article_key, story_key
from newslint.rules.api import GroupRule

T = TypeVar("T")

_ARTICLE_KEYS = (GroupRule.keys, article_key)
"""Key functions whose keys are URLs of articles."""


class LinkedUrls(Protocol):
    """Links from URLs to articles and stories."""

    @property
    def articles(self) -> Mapping[str, str]:
        """Article ids by canonical URL; a URL that is missing is its own article."""

    def select(self, keys: KeyFunction, /) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""

    def changes(self, keys: KeyFunction, /) -> Mapping[str, str]:
        """Select the ids before the last update, by URL, of those that have another id now."""


class StoredLinks(NamedTuple):
    """Links of an earlier run.

    Attributes:
        articles: Article ids by canonical URL.
        stories: Story ids by canonical URL; empty if they were not needed.
    """

    articles: dict[str, str]
    stories: dict[str, str]

    def select(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""
        return _select(keys, self.articles, lambda: self.stories)

    def changes(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select nothing, since these links do not change."""
        del keys
        return {}


class Links:
    """Links from URLs to articles and stories, which are updated if records change.

    Args:
        records: Records' descriptions of their own articles, in any order.

    Attributes:
        articles: Article ids by canonical URL; a URL that is missing is its own article.
    """

    def __init__(self, records: Iterable[Description] = ()) -> None:
        self._records: Counter[LinkedRecord] = Counter()
        self._candidates: Counter[Candidate] = Counter()
        pairs = PairGraph()
        self._variants = Variants(pairs)
        self._articles = ArticleLinks(pairs)
        self.articles: Mapping[str, str] = self._articles.ids
        self._stories: StoryLinks | None = None
        self.update((), filter(None, map(read_linked_record, records)))

    def update(self, gone: Iterable[LinkedRecord], new: Iterable[LinkedRecord]) -> None:
        """Replace records."""
        lost, added = _change(self._records, gone, new)
        lost_candidates, candidates = _change(
            self._candidates,
            (each.candidate for each in lost if each.candidate),
            (each.candidate for each in added if each.candidate),
        )
        self._variants.update(lost_candidates, candidates)
        self._articles.update(lost, added)
        if self._stories is not None:
            urls = {url for each in (*lost, *added) for url in each.urls}
            self._stories.update(lost_candidates, candidates, urls)

    @property
    def stories(self) -> Mapping[str, str]:
        """Story ids by canonical URL, of stories with several articles."""
        if self._stories is None:
            self._stories = StoryLinks(self._articles)
            self._stories.update((), self._candidates, self._articles.by_url)
        return self._stories.ids

    def select(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the links that apply to the keys of a key function; empty if they are no URLs."""
        return _select(keys, self.articles, lambda: self.stories)

    def changes(self, keys: KeyFunction) -> Mapping[str, str]:
        """Select the ids before the last update, by URL, of those that have another id now."""
        stories = self._stories
        changes = self._articles.changes
        return _select(keys, changes, lambda: {} if stories is None else stories.changes)

    def store(self) -> StoredLinks:
        """Copy the links that have been needed so far."""
        stories = {} if self._stories is None else dict(self._stories.ids)
        return StoredLinks(dict(self.articles), stories)


def is_linked_by(keys: KeyFunction) -> bool:
    """Check if the keys of a key function are URLs of articles."""
    return keys in _ARTICLE_KEYS


def _select(
    keys: KeyFunction, articles: Mapping[str, str], stories: Callable[[], Mapping[str, str]]
) -> Mapping[str, str]:
    """Select the links that apply to the keys of a key function; empty if they are no URLs."""
    if keys is story_key:
        return stories()
    return articles if is_linked_by(keys) else {}


def _change(counts: Counter[T], gone: Iterable[T], new: Iterable[T]) -> tuple[set[T], set[T]]:
    """Change how often values occur; return those that no longer occur, and those that now do."""
    changes = Counter(new)
    changes.subtract(gone)
    lost, added = set[T](), set[T]()
    for value, change in changes.items():
        before = counts[value]
        counts[value] += change
        if not counts[value]:
            del counts[value]
            lost.update([value] if before else ())
        elif not before:
            added.add(value)
    return lost, added
