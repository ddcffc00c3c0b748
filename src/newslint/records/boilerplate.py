"""Boilerplate: texts that pages of a site contain whatever their articles are about.

Each pattern matches a phrase that publishers write about themselves or their pages, never about the
news.
"""

import re
from functools import cache
from typing import NamedTuple


class BoilerplateKind(NamedTuple):
    """One kind of boilerplate.

    Attributes:
        words: Words in lower case of which every match of `pattern` contains one. They are searched
            first, since that is faster.
        pattern: A regular expression, matched case-insensitively.
    """

    words: tuple[str, ...]
    pattern: str


BOILERPLATE = {
    "a cookie notice": BoilerplateKind(
        ("cookie",),
        r"\buses? (?:[\w-]+ ){0,4}cookies\b|\baccept (?:all )?cookies\b"
        r"|\bcookie (?:policy|settings|preferences|consent|notice)\b|\bverwendet? cookies\b"
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
        ("sign up", "subscribe", "register", "inbox", "newsletter", "you will find"),
        r"\b(?:sign up|subscribe|register) (?:now |today |here )?(?:for|to) (?:our|the|this) "
        r"(?:\w+ ){0,4}(?:newsletters?|mailing list|podcast|channel|alerts?)\b"
        r"|\bget (?:the|our) (?:\w+ ){0,4}(?:delivered|straight|sent) (?:to|into) your inbox\b"
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
        ),
        r"\bcovers? a (?:wide |broad )?range of \w+(?: \w+)? topics\b"
        r"|\bdelivers? the (?:information|news)[\w ,]* (?:advice|insights?|analysis) you need\b"
        r"|\b(?:is|as) (?:the|your|a) (?:leading|premier|trusted|number one|go-to|one-stop) "
        r"(?:\w+ ){0,3}(?:source|site|website|resource|destination|publication|magazine)\b"
        r"|\byour (?:daily |trusted )?source (?:for|of) (?:the latest |breaking )?\w* ?(?:news|information)\b"
        r"|\bnot (?:edit|endorse|responsible for) the (?:articles?|content|opinions?)\b"
        r"|\b(?:this )?content (?:is |was )?(?:provided|supplied) by\b.*\bservice to its readers\b"
        r"|\bviews expressed (?:here|in this)\b.*\b(?:author|necessarily)\b",
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
        r"\bjoin (?:a|our|the|this) (?:live |free |upcoming )*(?:webinar|webcast)\b"
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
}


def find_boilerplate(text: str) -> str:
    """Find the kind of boilerplate in `text`, such as `a cookie notice`; empty if none."""
    lower = text.casefold()
    return next((name for name, each in BOILERPLATE.items() if _matches(each, text, lower)), "")


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
