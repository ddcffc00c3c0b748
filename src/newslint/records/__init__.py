"""Schemas, records, mentions, articles, the corpus."""

from newslint.records.collection import NEWS, Collection
from newslint.records.corpus import (
    Corpus,
    Group,
    KeyFunction,
    Record,
    article_names,
    by_article,
    group,
)
from newslint.records.facts import Facts, Plain, Target, target_of
from newslint.records.mention import (
    Mention,
    entry_mention,
    odd_removals,
    record_mention,
    related_entries,
    related_list,
)
from newslint.records.overview import Overview, Score, overview
from newslint.records.reference import Reference, reference
from newslint.records.secret import masked
from newslint.records.shape import ROLES, Shape
from newslint.records.text import (
    Text,
    forbidden_outside,
    texts_of_entry,
    texts_of_record,
    texts_outside,
)

__all__ = [
    "NEWS",
    "ROLES",
    "Collection",
    "Corpus",
    "Facts",
    "Group",
    "KeyFunction",
    "Mention",
    "Overview",
    "Plain",
    "Record",
    "Reference",
    "Score",
    "Shape",
    "Target",
    "Text",
    "article_names",
    "by_article",
    "entry_mention",
    "forbidden_outside",
    "group",
    "masked",
    "odd_removals",
    "overview",
    "record_mention",
    "reference",
    "related_entries",
    "related_list",
    "target_of",
    "texts_of_entry",
    "texts_of_record",
    "texts_outside",
]
