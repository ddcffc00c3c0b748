"""Plugins can use the old spellings of attributes for one release."""

from typing import Any

import pytest

from helpers import value_of
from newslint.records import Corpus, Record, group_mentions, record_mention

MENTION = record_mention(value_of("title: x"))
DESCRIPTION = MENTION.description
(GROUP,) = group_mentions(Corpus([Record("a.md", DESCRIPTION)]), lambda _: ["x"], {})


@pytest.mark.parametrize(
    ("owner", "old", "new"),
    [
        (MENTION, "at", "target"),
        (MENTION, "at_pointer", "target_at_pointer"),
        (MENTION, "facts", "description"),
        (DESCRIPTION, "at", "target"),
        (DESCRIPTION, "copies", "amp_urls"),
        (DESCRIPTION, "has", "has_field"),
        (DESCRIPTION, "shape", "field_map"),
        (DESCRIPTION, "text", "field_text"),
        (DESCRIPTION, "written", "digest"),
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
