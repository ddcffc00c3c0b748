"""Patterns in words: what they are about, and the setting that accepts them."""

from newslint.diagnostics.patterns import Pattern
from newslint.reporters.escape import escape
from newslint.text.lazy_pattern import lazy_pattern

_SPECIAL = lazy_pattern(r"([\\*?\[\]{}!# ])")
"""Characters that have a meaning in patterns of files."""


def describe_pages(pattern: Pattern) -> str:
    """Name the pages of a pattern, such as `azure.microsoft.com/updates/`."""
    provider, folder, project = pattern.pages
    if provider:
        pages = f"{provider}/{folder}/" if folder else provider
    elif folder:
        pages = f"the folder {folder}/"
    else:
        return escape(f"the whole project {project}") if project else "the whole archive"
    return escape(f"{pages} of project {project}" if project else pages)


def describe_counts(pattern: Pattern) -> str:
    """Describe how many places of a pattern are reported, in records that readers see first."""
    counts = _describe_share(pattern.reported.total, pattern.asked.total)
    if pattern.asked.visible in {0, pattern.asked.total}:
        return f"{counts} places"
    visible = _describe_share(pattern.reported.visible, pattern.asked.visible)
    return f"{visible} visible places, {counts} places in all"


def _describe_share(reported: int, asked: int) -> str:
    """Format a part of places and its percentage, rounded down so that only a whole is 100 %."""
    return f"{reported:,} of {asked:,} ({100 * reported // max(asked, 1)} %)"


def accepting_settings(*patterns: Pattern) -> list[str]:
    """Write the lines of settings that accept patterns of one rule."""
    from newslint.rules.explain import format_toml

    ignore = f"ignore = {format_toml([patterns[0].rule])}"
    pages = [pattern.pages for pattern in patterns]
    if all(each.provider for each in pages):
        sites = [_describe_site(pattern) for pattern in patterns]
        return ["[[overrides]]", 'paths = ["*"]', f"providers = {format_toml(sites)}", ignore]
    if any(each.provider or not each.folder for each in pages):
        return [ignore]
    folders = ["/" + _SPECIAL.sub(r"\\\1", each.folder) + "/" for each in pages]
    return ["[[overrides]]", f"paths = {format_toml(folders)}", ignore]


def _describe_site(pattern: Pattern) -> str:
    """Name the pages of a pattern of one provider, as the setting `providers` does."""
    provider, folder, _ = pattern.pages
    return f"{provider}/{folder}/" if folder else provider
