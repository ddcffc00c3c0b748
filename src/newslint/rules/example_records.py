"""Front matter for the examples of rules."""

NEWS_RECORD = """\
category: news
title: PyTorch moves
excerpt: The framework gets a foundation of its own.
publishedDateTime: 2022-09-12T21:33:00Z
webUrl: https://example.org/pytorch-moves
type: article
quality: 84
heat: 154
published: true
provider: {name: Example, domain: example.org}
topics: [AI]"""
"""A complete record."""

RELATED_ENTRY = """\
related:
  - title: PyTorch moves
    excerpt: The framework gets a foundation of its own.
    publishedDateTime: 2022-09-12T21:33:00Z
    webUrl: https://example.org/pytorch-moves
    type: article
    provider: {name: Example, domain: example.org}
    quality: 84"""
"""A related entry that agrees with the record."""

OTHER_RECORD = """\
title: AMD joins
webUrl: https://example.org/amd-joins
publishedDateTime: 2022-09-13T08:00:00Z
"""
"""The start of another record, to which the entry can be appended."""
