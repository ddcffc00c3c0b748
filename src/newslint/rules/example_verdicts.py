"""Verdicts for the examples of rules."""

PAGE = "https://example.org/a"
OTHER = "https://example.org/b"
IMAGE = "https://example.org/a.jpg"

_SETTINGS = {"newslint.toml": "today = 2026-11-30"}
_NAME = "newslint-verdicts.jsonl"
_GONE = (
    '{{"address": "{}", "state": "gone", "time": "2026-11-28T09:00:00Z", "status": 404, '
    '"failures": 2, "since": "2026-11-20T09:00:00Z"}}'
)

GONE = {**_SETTINGS, _NAME: _GONE.format(PAGE)}
"""A page that was gone twice."""

GONE_IMAGE = {**_SETTINGS, _NAME: _GONE.format(IMAGE)}
"""An image that was gone twice."""

MOVED = {
    **_SETTINGS,
    _NAME: f'{{"address": "{PAGE}", "state": "moved", "time": "2026-11-28T09:00:00Z", '
    f'"status": 200, "final": "{OTHER}"}}',
}
"""A page that has moved."""

SIZED = {
    **_SETTINGS,
    _NAME: f'{{"address": "{IMAGE}", "state": "alive", "time": "2026-11-28T09:00:00Z", '
    '"status": 200, "width": 600, "height": 400}',
}
"""An image with a size."""
