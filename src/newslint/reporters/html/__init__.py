"""The report to look at: one HTML page that needs nothing else.

`page` puts it together: `health` and `timeline` count, `charts` draws, `looks` and `diff` show
source text, and `pack` puts all diagnostics into the page, for the scripts beside these modules to
unpack and filter.
"""

from newslint.reporters.html.page import render_html

__all__ = ["render_html"]
