"""Boilerplate: texts that pages of a site contain whatever their articles are about.

Each pattern matches a phrase that publishers write about themselves or their pages, never about the
news.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newslint.records.boilerplate_phrases import OTHER_LANGUAGES, BoilerplateKind
from newslint.text.lazy_pattern import lazy_pattern

_MIN_LEAD = 40
"""Minimum length of the sentences beside boilerplate that describe an article."""

_SENTENCE_END = lazy_pattern(r"[.!?…][\"'”’)]*\s+|[。！？]+\s*")


_ENGLISH = {
    "a cookie notice": BoilerplateKind(
        ("cookie",),
        r"\buses? (?:[\w-]+ ){0,4}cookies\b|\baccept (?:all )?cookies\b"
        r"|\bcookie (?:policy|settings|preferences|consent|notice)\b|\bverwendet? cookies\b"
        r"|\bwir (?:nutzen|setzen|verwenden) (?:[\w-]+ ){0,4}cookies\b|\b(?:we|wij) gebruiken (?:[\w-]+ ){0,2}cookies\b"
        r"|\bużywamy plików cookie\b|\bмы используем (?:файлы )?cookies?\b"
        r"|\butilis(?:e|ons) des cookies\b|\b(?:utiliza|usa)(?:mos)? cookies\b|\butilizza(?:mo)? (?:i )?cookie\b",
    ),
    "a copyright notice": BoilerplateKind(
        ("reserved", "©", "(c)", "copyright", "vorbehalten", "droits", "derechos", "diritti"),
        r"\ball rights reserved\b|(?:©|\(c\)|\bcopyright\b) ?(?:19|20)\d\d\b|\balle rechte vorbehalten\b"
        r"|\btous droits réservés\b|\btodos los derechos reservados\b|\btutti i diritti riservati\b",
    ),
    "legal terms": BoilerplateKind(
        ("acceptance", "terms"),
        r"\bconstitutes? (?:your )?acceptance of\b|\bagree to (?:our|the|these) terms\b"
        r"|\bterms (?:of (?:service|use)|and conditions)\b.*\bprivacy policy\b"
        r"|\bprivacy policy\b.*\bterms (?:of (?:service|use)|and conditions)\b",
    ),
    "a paywall": BoilerplateKind(
        ("reading", "subscri", "have an account", "log", "free article", "unlock"),
        r"\b(?:to|for) continue reading\b|\balready (?:a subscriber|have an account|subscribed)\b"
        r"|\b(?:exclusive to|available (?:only )?to|for) (?:our )?(?:paying )?subscribers(?: only)?\b"
        r"|\blog ?in or subscribe\b|\bsubscribe (?:now )?to (?:read|continue|unlock|access)\b"
        r"|\bfree articles? (?:left|remaining|this month)\b|\bunlock (?:this|the full) (?:article|story)\b",
    ),
    "a call to subscribe": BoilerplateKind(
        (
            *("sign up", "subscrib", "register", "inbox", "newsletter", "you will find"),
            *("signing", "news tip"),
        ),
        r"\b(?:sign up|subscribe|register) (?:now |today |here )?(?:for|to) (?:our|the|this) "
        r"(?:\w+ ){0,4}(?:newsletters?|mailing list|podcast|channel|alerts?)\b"
        r"|\bget (?:the|our) (?:\w+ ){0,4}(?:delivered|straight|sent) (?:to|into) your inbox\b"
        r"|\b(?:sign up|subscribe) (?:now |today )?(?:for|to) (?:[\w’'-]+ ){0,4}newsletters?\b"
        r"|\bdelivered (?:directly |straight |right |daily )?(?:to|into) your inbox\b"
        r"|\bby (?:subscribing|signing up|registering),? (?:you|i) (?:are agreeing|agree|consent|accept)\b"
        r"|\b(?:got|have|send us|submit) a (?:confidential )?news tip\b"
        r"|\bin this newsletter,? (?:you|i|we)\b|\byou will find here the (?:most|latest)\b",
    ),
    "a description of the site": BoilerplateKind(
        (
            "range of",
            "you need",
            "source",
            "site",
            "resource",
            "destination",
            "publication",
            "magazine",
            "edit",
            "endorse",
            "responsible",
            "content",
            "views",
            "coverage",
            "involved",
            "supplemental",
            "quotes",
            "headline-only",
            "blogs",
            "reviews",
            "podcasts",
        ),
        r"\bcovers? a (?:wide |broad )?range of \w+(?: \w+)? topics\b"
        r"|\bdelivers? the (?:information|news)[\w ,]* (?:advice|insights?|analysis) you need\b"
        r"|\b(?:is|as) (?:the|your|a) (?:leading|premier|trusted|number one|go-to|one-stop) "
        r"(?:\w+ ){0,3}(?:source|site|website|resource|destination|publication|magazine)\b"
        r"|\byour (?:daily |trusted )?source (?:for|of) (?:the latest |breaking )?\w* ?(?:news|information)\b"
        r"|\bnot (?:edit|endorse|responsible for) the (?:articles?|content|opinions?)\b"
        r"|\b(?:this )?content (?:is |was )?(?:provided|supplied) by\b.*\bservice to its readers\b"
        r"|\bviews expressed (?:here|in this)\b.*\b(?:author|necessarily)\b"
        r"|\b(?:our|is our) (?:daily|complete|comprehensive|full|ongoing) coverage of\b"
        r"|\b(?:news department|newsroom|editorial staff) was not involved in the creation\b"
        r"|\b(?:news|reviews|analysis)(?:, [\w ’'-]{1,40}){1,4},? and [\w ’'-]{0,40}\b(?:blogs|reviews|podcasts)\b"
        r"|\bsupplemental terms of use\b|\bstock quotes (?:by|provided by|delayed)\b|\bheadline-only (?:article|story)\b",
    ),
    "an image credit": BoilerplateKind(
        ("source:", "credit:", "photo", "image", "picture"),
        r"\b(?:image|photo|picture) (?:source|credit|courtesy)s?(?::| of)|\bsource: [^.:]{1,40}(?:shutterstock|getty|istock|unsplash|pixabay)"
        r"|\((?:photo|image|picture) (?:by|credit|courtesy)",
    ),
    "a navigation bar": BoilerplateKind(
        ("|", "›", "»"),
        r"(?:[^|]{1,30}\|){3}|(?:[^›]{1,30}›){3}|(?:[^»]{1,30}»){3}",
    ),
    "a standing description of a company": BoilerplateKind(
        ("about ",),
        r"\Aabout (?:[\w.&’'()-]+,? ){1,12}is (?:an? |the |one of the )?(?:\w+ )?(?:leading|global|premier|world)\b",
    ),
    "a message to the browser": BoilerplateKind(
        ("javascript", "blocker", "browser", "human", "403", "404", "page", "denied", "cookies"),
        r"\b(?:enable|turn on|requires?) javascript\b|\bdisable (?:your )?ad ?blocker\b"
        r"|\byour browser (?:is|does) (?:not|out)|\bverify (?:that )?you are (?:a )?human\b"
        r"|\b(?:403|404) (?:error|forbidden|not found)\b|\bpage (?:you (?:requested|are looking for)|not found)\b"
        r"|\baccess (?:to this page has been )?denied\b|\benable cookies\b",
    ),
    "an advertisement for an event": BoilerplateKind(
        ("join", "register", "sign up"),
        r"\bjoin our (?:live |free |upcoming )*(?:webinar|webcast)\b"
        r"|(?:\A|[.!?…] )join (?:us for )?(?:a|an|the|this) (?:live |free |upcoming |online )+(?:webinar|webcast)\b"
        r"|\bjoin [A-Z]\w+ 20\d\d this\b|\b(?:register|sign up) (?:now|today|here) (?:for|to attend) (?:the|our)\b",
    ),
    "filler": BoilerplateKind(
        (
            *("lorem ipsum", "placeholder", "description", "excerpt", "summary", "english"),
            *("deutsch", "français", "español", "italiano", "português", "read more", "click here"),
            *("continue reading", "share this", "loading", "untitled", "advertisement", "test"),
        ),
        r"\Alorem ipsum\b|\A\W*(?:placeholder|(?:no )?(?:description|excerpt|summary)(?: available)?"
        r"|english|deutsch|français|español|italiano|português|read more|click here|continue reading"
        r"|share this|loading|untitled|advertisement|test)\W*\Z",
    ),
    "a link of the page": BoilerplateKind(
        (
            "click here",
            "read more",
            "read the full",
            "watch now",
            "enquir",
            "inquir",
            "sample",
            "please sign",
            "log",
        ),
        r"\bclick here (?:to|for)\b|\bread (?:more|the full (?:story|article))\b(?: here)?\W*\Z|\Awatch now ?!"
        r"|\b(?:enquiry|enquire|inquiry|inquire) (?:before|for) (?:purchase|buying)\b"
        r"|\b(?:request|get|download|ask for) (?:a |an |the |your )?(?:free |exclusive |pdf )*sample\b"
        r"|\bplease (?:sign|log) ?in to\b",
    ),
}

BOILERPLATE = (*_ENGLISH.items(), *OTHER_LANGUAGES.items())
"""All kinds of boilerplate with their names. Those of other languages are apart: words of English
would else start a search for their longer patterns."""


def find_boilerplate(text: str) -> str:
    """Find the kind of boilerplate in `text`, such as `a cookie notice`; empty if none."""
    lower = text.casefold()
    return next((name for name, each in BOILERPLATE if _matches(each, text, lower)), "")


def _matches(kind: BoilerplateKind, text: str, lower: str) -> bool:
    """Check whether `text`, which is `lower` in lower case, contains boilerplate of a kind."""
    for word in kind.words:
        if word in lower:
            return _compile(kind.pattern).search(text) is not None
    return False


@cache  # on demand: most runs need few of the patterns
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a case-insensitive pattern."""
    return re.compile(pattern, re.IGNORECASE)


class Boilerplate(NamedTuple):
    """The boilerplate in a text.

    Attributes:
        kind: What it is, such as `a cookie notice`.
        start: 0-based offset of its start.
        end: Offset after its end.
    """

    kind: str
    start: int
    end: int

    def is_whole(self, text: str) -> bool:
        """Check whether it is the whole of `text`."""
        return self.start == 0 and self.end == len(text)


def locate_boilerplate(text: str) -> Boilerplate | None:
    """Find the boilerplate in `text`: the whole text, or its first or last sentences.

    It is the whole text unless the other sentences are long enough to describe an article.
    """
    kind = find_boilerplate(text)
    if not kind:
        return None
    found = [match.span() for match in _all_matches(text)]
    start = _sentence_start(text, min(start for start, _ in found))
    end = _sentence_end(text, max(end for _, end in found))
    if len(text[:start].strip()) >= _MIN_LEAD:
        return Boilerplate(kind, start, len(text))
    if len(text[end:].strip()) >= _MIN_LEAD:
        return Boilerplate(kind, 0, end)
    return Boilerplate(kind, 0, len(text))


def _all_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of all kinds of boilerplate in `text`."""
    lower = text.casefold()
    for _, each in BOILERPLATE:
        if any(word in lower for word in each.words):
            yield from _compile(each.pattern).finditer(text)


def _sentence_start(text: str, offset: int) -> int:
    """Find the start of the sentence at an offset."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, offset)]
    return ends[-1] if ends else 0


def _sentence_end(text: str, offset: int) -> int:
    """Find the end of the sentence at an offset, and of the white space after it."""
    match = _SENTENCE_END.search(text, max(0, offset - 1))
    return match.end() if match else len(text)
