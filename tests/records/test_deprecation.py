"""Plugins can use the old spellings of attributes for one release."""

from typing import Any

import pytest

from helpers import value_of
from newslint.records import Corpus, Record, record_mention

MENTION = record_mention(value_of("title: x"))
DESCRIPTION = MENTION.description
CORPUS = Corpus([Record("a.md", DESCRIPTION.digest)], {DESCRIPTION.digest: DESCRIPTION})
GROUP = CORPUS.group("x", [DESCRIPTION.digest])


@pytest.mark.parametrize(
    ("owner", "old", "new"),
    [
        (MENTION, "at", "target"),
        (MENTION, "at_pointer", "target_at_pointer"),
        (MENTION, "facts", "description"),
        (DESCRIPTION, "at", "target"),
        (DESCRIPTION, "copies", "amp_urls"),
        (DESCRIPTION, "has", "has_field"),
        (DESCRIPTION, "text", "field_text"),
        (DESCRIPTION, "written", "content"),
        (GROUP, "count", "count_mentions"),
        (GROUP, "entry_facts", "entry_descriptions"),
        (GROUP, "facts", "descriptions"),
        (GROUP, "newest", "newest_mention"),
        (GROUP, "record_facts", "record_descriptions"),
        (GROUP, "shared_records", "paths_with_duplicates"),
        (GROUP, "stands_in", "occurs_in"),
    ],
)
def test_old_attributes_work_with_a_warning(owner: Any, old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"\.{old} is now called {new}; newslint 0\.2"):
        found = getattr(owner, old)
    assert found == getattr(owner, new)
