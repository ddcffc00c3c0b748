"""The HTML report: one page that needs no other file and no network.

`page` renders the templates in `assets`. `worklist` chooses the first steps, `views` and
`heat_map` count, `chart_data`, `charts` and `figures` draw, `links` leads to files, `source_view`
and `variants` show source lines and fixes. `payload` puts all diagnostics into the page as
compressed data, which the scripts in `assets` decode and filter.
"""

from newslint.reporters.html.page import render_html

__all__ = ["render_html"]
