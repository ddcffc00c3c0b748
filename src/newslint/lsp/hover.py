"""Texts at a position: the rules of diagnostics, and the article."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lsprotocol import types

from newslint.diagnostics import Diagnostic
from newslint.lsp.places import article_of, contains, find_spot, mention_at
from newslint.lsp.view import DocumentView, find_address
from newslint.records import Description, Mention
from newslint.rules.explain import explain
from newslint.settings import UnknownNameError
from newslint.text import Span


def find_hover(view: DocumentView, position: types.Position) -> types.Hover | None:
    """Explain the diagnostics and the article at a position."""
    place = view.positions.place(position)
    found = [each for each in view.diagnostics if contains(each.location.span, place)]
    parts = [*_explain_rules(view, found)]
    span: Span | None = found[0].location.span if found else None
    mention, spot = mention_at(view, place), find_spot(view.document, place)
    if mention is not None and spot is not None:
        span = span or spot.value.span
        parts += _describe_article(view, mention.description)
    if span is None or not parts:
        return None
    text = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
    return types.Hover(text, view.positions.range(span))


def _explain_rules(view: DocumentView, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield the explanation of the rule of each diagnostic."""
    for each in {one.rule: one for one in found}.values():
        try:
            explanation = explain(view.registry.find(each.rule))
        except UnknownNameError:  # a rule of newslint itself
            continue
        address = find_address(view.registry, each.rule)
        title = f"[{each.rule}]({address})" if address else each.rule
        lines = [f"**{title}** ({each.severity.value}): {_escape(explanation.summary)}"]
        if explanation.why:
            lines.append(f"**Why:** {_escape(explanation.why)}")
        if each.fix is not None:
            lines.append(f"**Fix** ({each.fix.safety.value}): {_escape(each.fix.title)}")
        yield "\n\n".join(lines)


def _describe_article(view: DocumentView, description: Description) -> Iterator[str]:
    """Yield the description of an article: its records, mentions and scores."""
    mentions = article_of(view, description)
    if not mentions:
        return
    records = [each for each in mentions if each.is_record]
    entries = [each for each in mentions if not each.is_record]
    newest = (records or entries)[0].description
    lines = [f"**{_escape(newest.title or description.article)}**"]
    links = [f"[{_escape(each.path)}]({view.locate(each).uri})" for each in records]
    lines.append(f"Record: {', '.join(links) or 'none in this archive'}")
    lines.append(mention_count(entries).capitalize())
    scores = _list_scores(mentions)
    if scores:
        lines.append(f"Quality: {scores}")
    yield "\n\n".join(lines)


def mention_count(entries: Iterable[Mention]) -> str:
    """Format the number of records that mention an article."""
    count = len({(each.path, each.place and each.place[0].number) for each in entries})
    return f"mentioned by {count:,} {'record' if count == 1 else 'records'}"


def _list_scores(mentions: Iterable[Mention]) -> str:
    """Format the scores that mentions give, the most frequent first."""
    found = Counter(each.description.quality for each in mentions)
    found.pop(None, None)
    return ", ".join(
        f"{score} ({count:,} times)" if count > 1 else f"{score}"
        for score, count in sorted(found.items(), key=lambda each: (-each[1], each[0] or 0))
    )


def _escape(text: str) -> str:
    """Escape text of records for Markdown, in which it could start links and HTML."""
    return "".join(f"\\{each}" if each in "\\*_[]<>" else each for each in text)
