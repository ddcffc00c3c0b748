"""URLs: which name the same article, and which parameters only track readers.

Every rule and every description asks this module, so that identity and the list of trackers are the
same everywhere.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from newslint.records.text_comparison import undo_damage
from newslint.text.lazy_pattern import lazy_pattern

TRACKERS = frozenset(
    """
    fbclid fb_action_ids fb_action_types fb_comment_id mibextid igshid igsh __twitter_impression
    twclid ttclid li_fat_id epik rdt_cid sccid tblci dicbo
    gclid gclsrc gbraid wbraid dclid srsltid _ga _gl _gac gad_source gad_campaignid gdfms gdftrk
    msclkid yclid ysclid ymclid _openstat guccounter guce_referrer guce_referrer_sig wprov
    mc_cid mc_eid _mc mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv
    wickedid ml_subscriber ml_subscriber_hash ss_email_id vgo_ee _kx _ke _bta_tid _bta_c _bhlid
    trk_contact trk_msg trk_module trk_sid spjobid spmailingid spreportid spuserid dm_i et_rid __s
    ocid taid admgarea s_cid s_kwcid ef_id cmpid icid ncid oly_anon_id oly_enc_id rb_clickid
    unicorn_click_id irclickid irgwc cjevent _branch_match_id _branch_referrer ck_subscriber_id
    adobe_mc adobe_mc_ref adobe_mc_sdid hss_channel ref_src at_custom1 at_custom2 at_custom3
    sc_campaign sc_channel spm trkcampaign at_medium at_campaign at_link_id pk_campaign pk_kwd
    pk_keyword pk_source pk_medium pk_content pk_cid pk_group pk_placement xtor wt_mc wt.mc_id
    cm_mmc ns_source ns_mchannel ns_campaign ns_linkname ns_fee
    """.split()  # noqa: SIM905 # a list of words reads better
)
"""Names of parameters that tell a site where its reader came from, in lower case."""

_UTM = frozenset(
    """
    source medium campaign term content id name cid reader referrer brand social social-type place
    pubreferrer swu viz_id source_platform creative_format marketing_tactic campaign_id campaignid
    campaign_name campaign_type adgroup adgroup_id adgroupid ad ad_id adid placement device keyword
    matchtype network creative channel platform product audience affiliate kw newsletter mailing
    email user expid hp_ref klaviyo_id int int_id position sub subid sub_source hsid type date feed
    internal
    """.split()  # noqa: SIM905
)
"""Parameters `utm_…` of web analytics; others, such as `utm_zone`, are coordinates of a map."""

_TRACKER_FAMILIES = ("itm_", "elq", "mtm_", "matomo_", "piwik_", "hsa_", "bsft_", "sfmc_")

_AMBIGUOUS_TRACKERS = frozenset(("cid", "mod", "trk"))
"""Trackers of some sites (`mod=rss_news`) that name the page on others (`index.php?mod=news`)."""

_SEPARATORS = frozenset(";?")
"""Characters that separate parameters on some sites, or by mistake."""

_AMBIGUOUS = _AMBIGUOUS_TRACKERS | {"amp"}
_AMP_VALUES = frozenset(("", "1", "true"))

_SLUG = re.compile(r"[^/]*[^/-]-[^/-][^/]*/?")

_PORTS_BACKWARDS = lazy_pattern(r"(?:(?:08|344)?+:)*+")
"""Default and empty ports at the end of a host, read backwards, which takes linear time."""

_SIMPLE_HOST = re.compile(r"https?://([a-z0-9.-]++)(?=[/?#]|\Z)")
_TRAILING_DOT = lazy_pattern(r"\.(?=:|\Z)")
_POINTER_TRACKER = lazy_pattern(r"(?:utm_\w*|fbclid|gclid|amp)(?:=|$)", re.IGNORECASE)
_PERCENT_ENCODED = lazy_pattern(r"%([0-9A-Fa-f]{2})")
_NOT_IN_URIS = lazy_pattern(r"[^!-~]+|[\"<>\\^`{|}]+")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_ALREADY_CANONICAL = re.compile(
    r"https://(?:[a-z0-9-]++\.)++[a-z0-9-]++(?:/(?!\.{1,2}(?:[/?]|\Z))[a-zA-Z0-9_.~+-]++)*+"
)
"""Most URLs: nothing is left to normalise."""

_ONE_PARAMETER = re.compile(r"\?[a-z0-9_-]++(?:=[a-zA-Z0-9_.~,-]*+)?\Z")
"""A query in which nothing is left to normalise, but which may be removed."""

_MAX_ROUNDS = 20


class Parameter(NamedTuple):
    """One parameter of a URL's query.

    Attributes:
        name: As in the URL.
        start: 0-based offset of its first character in the URL.
        end: Offset after its last character, without the separator.
        is_tracker: Whether it only tracks the reader: the page is the same without it.
    """

    name: str
    start: int
    end: int
    is_tracker: bool

    @property
    def is_ambiguous(self) -> bool:
        """Whether the parameter names the page on some sites."""
        return self.name.lower() in _AMBIGUOUS


def host_name(url: str) -> str:
    """Get the host name of `url` in lower case; empty if it has none."""
    simple = _SIMPLE_HOST.match(url)
    if simple is not None:
        return simple[1]
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=16384)
def canonical_url(url: str) -> str:
    """Normalise a URL, so that all URLs of one article are equal.

    Equivalences of RFC 3986, section 6.2.2, are applied: case of scheme, host and percent
    encodings, encoded unreserved characters, dot segments. International host names become
    Punycode. `http` counts as `https`; default ports, a final dot of the host, a trailing slash,
    trackers (see `parameters`), the parameters `amp`, `amp=1` and `amp=true`, and fragments are
    removed, but for fragments that name a page: `#/…` and `#!…`. Damage that text rules report
    (`&#038;` for `&`) makes no difference.

    Returns:
        The canonical URL; a text that is no absolute http(s) URL without the white space around it.
    """
    # Removing one thing can uncover another, such as a slash before a removed parameter.
    for _ in range(_MAX_ROUNDS):
        page = _ALREADY_CANONICAL.match(url)
        if page is not None and page.end() == len(url):
            break
        if page is not None and _ONE_PARAMETER.match(url, page.end()):
            return page[0] if _is_removed(url, parameters(url)[0]) else url
        normalised = _normalise(url)
        if normalised == url:
            break
        url = normalised
    return url


def pointer_url(url: str) -> str:
    """Normalise the URL that replaces the index of an entry in the pointer of a fingerprint.

    Fingerprints last for years, so this form never follows the improvements of `canonical_url`. A
    change is a new function in `POINTER_URLS`; the old ones stay, to match baselines.
    """
    return POINTER_URLS[POINTER_URL_VERSION](url)


@lru_cache(maxsize=16384)
def _pointer_url_1(url: str) -> str:
    """Normalise a URL by version 1 of `pointer_url`."""
    for _ in range(_MAX_ROUNDS):
        if _ALREADY_CANONICAL.fullmatch(url):
            break
        normalised = _normalise_pointer(url)
        if normalised == url:
            break
        url = normalised
    return url


def _normalise_pointer(url: str) -> str:
    """Apply each step of `_pointer_url_1` once."""
    url = undo_damage(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = _remove_default_ports(parts.netloc.lower())
    if parts.scheme not in ("http", "https") or not host:
        return url
    kept = [name for name in parts.query.split("&") if name and not _POINTER_TRACKER.match(name)]
    query = "?" + "&".join(kept) if kept else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"


POINTER_URLS: dict[int, Callable[[str], str]] = {1: _pointer_url_1}
"""All versions of `pointer_url`; baselines name the one that their fingerprints were made with."""

POINTER_URL_VERSION = max(POINTER_URLS)


def is_guessed_identity(one: str | None, other: str | None) -> bool:
    """Decide whether two URLs name one article only if an ambiguous parameter means nothing.

    No fix copies text between descriptions that share no more than that.
    """
    if not one or not other or one == other or canonical_url(one) != canonical_url(other):
        return False
    return _normalise(one, keep_ambiguous=True) != _normalise(other, keep_ambiguous=True)


def parameters(url: str) -> list[Parameter]:
    """List the parameters of a URL's query, separated by `&`.

    Trackers are the names in `TRACKERS`, the known `utm_*`, and families such as `itm_*`.
    `cid`, `mod` and `trk` count only if the path names the article by a slug and their value is
    no number. A parameter that holds a `;` or a second `?` may be several, and is no tracker.
    """
    start = url.find("?") + 1
    end = url.find("#")
    if not start or -1 < end < start:
        return []
    end = len(url) if end == -1 else end
    page = url[: start - 1]
    found = []
    for text in url[start:end].split("&"):
        name, _, value = text.partition("=")
        tracker = _SEPARATORS.isdisjoint(text) and _is_tracker(name.lower(), value, page)
        found.append(Parameter(name, start, start + len(text), tracker))
        start += len(text) + 1
    return found


def _is_tracker(name: str, value: str, page: str) -> bool:
    """Decide whether a parameter, its name in lower case, is a tracker of a page."""
    if name in _AMBIGUOUS_TRACKERS:
        has_slug = _SLUG.fullmatch(page.rstrip("/").rpartition("/")[2]) is not None
        return has_slug and not value.isdecimal()
    return (
        name in TRACKERS
        or name.startswith(_TRACKER_FAMILIES)
        or (name.startswith("utm_") and name[4:] in _UTM)
    )


def _normalise(url: str, *, keep_ambiguous: bool = False) -> str:
    """Apply each step of `canonical_url` once.

    Args:
        url: The URL.
        keep_ambiguous: Keep parameters that may mean something: `cid`, `mod` and `amp`.
    """
    url = undo_damage(url).strip()
    try:
        parts = urlsplit(url)
        host = _canonical_host(parts)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    path = _remove_dot_segments(_canonical_escapes(parts.path)).rstrip("/")
    kept = (
        url[each.start : each.end]
        for each in parameters(url)
        if not _is_removed(url, each) or (keep_ambiguous and each.is_ambiguous)
    )
    query = "&".join(map(_canonical_escapes, kept))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return "".join(
        (
            f"https://{host}{path}",
            f"?{query}" if query else "",
            f"#{_canonical_escapes(fragment)}" if fragment else "",
        )
    )


def _is_removed(url: str, parameter: Parameter) -> bool:
    """Decide whether canonical URLs lack a parameter of `url`."""
    text = url[parameter.start : parameter.end]
    return not text or parameter.is_tracker or _is_amp(text)


def _is_amp(parameter: str) -> bool:
    """Decide whether a parameter asks for the AMP page of the article."""
    name, _, value = parameter.partition("=")
    return name.lower() == "amp" and value.lower() in _AMP_VALUES


def _canonical_host(parts: SplitResult) -> str:
    """Normalise user, host and port: lower case, Punycode, no default port, no final dot."""
    user, at, host = parts.netloc.rpartition("@")
    host = _TRAILING_DOT.sub("", _remove_default_ports(host.lower()))
    if not host.isascii():
        import idna

        name, colon, port = host.partition(":")
        with suppress(idna.IDNAError):  # an invalid name is compared as it is
            host = idna.encode(name, uts46=True).decode("ascii") + colon + port
    return f"{user}{at}{host}"


def _remove_default_ports(host: str) -> str:
    """Remove default or empty ports from the end of `host`."""
    ports = _PORTS_BACKWARDS.match(host[::-1])
    return host[: len(host) - ports.end()] if ports else host


def _canonical_escapes(text: str) -> str:
    """Decode percent-encoded unreserved characters, encode characters that URIs cannot contain."""
    if "%" in text:
        text = _PERCENT_ENCODED.sub(_canonical_escape, text)
    return _NOT_IN_URIS.sub(_escape, text)


def _canonical_escape(match: re.Match[str]) -> str:
    """Normalise one percent encoding."""
    code = int(match[1], 16)
    return chr(code) if code in _UNRESERVED else match[0].upper()


def _escape(match: re.Match[str]) -> str:
    """Percent-encode characters as UTF-8."""
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _remove_dot_segments(path: str) -> str:
    """Remove `.` and `..` as RFC 3986, section 5.2.4, describes."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/" + "/".join(kept)
