"""Baselined and stale diagnostics, and the file format of baselines."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, Occurrence, Report, Severity
from newslint.documents import BASELINE_MARK
from newslint.engine.baseline import (
    Baseline,
    apply_baseline,
    baseline_token,
    find_stale,
    update_baseline,
)
from newslint.engine.baseline_file import (
    BaselineError,
    parse_baseline,
    read_baseline,
    render_baseline,
)
from newslint.engine.identity import fingerprint
from newslint.engine.past_identity import IdentityVersion, past_fingerprints
from newslint.records.urls import POINTER_URLS
from newslint.reporters.escape import UNSAFE
from newslint.text import Location
from newslint.text.location import START
from reports import REPORTS, diagnostic

HEAD = "# newslint-baseline 3.1: what 'newslint check' lets pass; see 'newslint baseline --help'\n"
RULES = frozenset({"mojibake", "missing-image"})


def one(fingerprint: str, cause: str = "mojibake:1", **fields: Any) -> Diagnostic:
    return diagnostic(fingerprint=fingerprint, cause=cause, rule=cause.partition(":")[0], **fields)


def baseline(*fingerprints: str, cause: str = "mojibake:1") -> Baseline:
    return Baseline.from_diagnostics(one(each, cause) for each in fingerprints)


def rendered(known: Baseline) -> str:
    return "".join(render_baseline(known))


def test_the_file_is_a_sorted_line_for_each_cause() -> None:
    found = [one("b"), one("a"), one("c", "mojibake:0"), one("d", "html-entity:9")]
    assert rendered(Baseline.from_diagnostics(found)) == (
        f"{HEAD}html-entity:9 3x_rO\nmojibake:0 pQR-y\nmojibake:1 _Z0_U,yiNMV\n"
    )


def test_nothing_to_let_pass_is_a_file_with_a_head() -> None:
    assert rendered(Baseline()) == HEAD
    assert parse_baseline(HEAD, "b") == Baseline()


def test_a_token_is_thirty_bits_of_the_fingerprint() -> None:
    tokens = {baseline_token(one(f"{number:016x}")) for number in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {5}
    assert baseline_token(one("a")) != baseline_token(one("a-2"))
    assert baseline_token(one("a")) == baseline_token(one("a", "html-entity:2", path="other.md"))


def test_only_what_is_new_is_left_and_counts() -> None:
    known, new = one("a"), one("b", severity=Severity.WARNING)
    report = Report(documents=3, diagnostics=(known, new))
    applied = apply_baseline(report, Baseline.from_diagnostics([known]), RULES)
    assert applied.report == Report(documents=3, diagnostics=(new,), baselined=1)
    assert applied.baselined == (known,)
    assert applied.stale == Baseline()
    assert applied.report.causes == 1
    assert not applied.report.fails(Severity.ERROR)


def test_a_new_place_of_a_known_cause_is_new() -> None:
    applied = apply_baseline(Report(diagnostics=(one("a"), one("b"))), baseline("a"), RULES)
    assert applied.report.diagnostics == (one("b"),)


def test_what_the_cause_is_called_does_not_matter() -> None:
    renamed = one("a", "mojibake:2")
    applied = apply_baseline(Report(diagnostics=(renamed,)), baseline("a"), RULES)
    assert applied.report == Report(baselined=1)
    assert applied.stale == Baseline()


def test_another_rule_is_not_let_pass() -> None:
    other = one("a", "missing-image:1")
    applied = apply_baseline(Report(diagnostics=(other,)), baseline("a"), RULES)
    assert applied.report.diagnostics == (other,)


def test_no_baseline_changes_nothing() -> None:
    report = Report(diagnostics=(one("a"),))
    assert apply_baseline(report, Baseline(), RULES).report is report


def test_a_rule_that_failed_is_never_let_pass() -> None:
    crashed = one("a", "rule-crashed:1")
    assert Baseline.from_diagnostics([crashed]) == Baseline()
    written = parse_baseline(f"{HEAD}rule-crashed:1 {baseline_token(crashed)}\n", "b")
    applied = apply_baseline(Report(diagnostics=(crashed,)), written, RULES)
    assert applied.report.diagnostics == (crashed,)


def test_what_occurs_no_longer_is_stale() -> None:
    applied = apply_baseline(Report(diagnostics=(one("a"),)), baseline("a", "b", "c"), RULES)
    assert applied.stale == baseline("b", "c")
    assert applied.report.stale_baseline == 2


def test_rules_that_cannot_be_judged_have_nothing_stale() -> None:
    known = baseline("a") | baseline("b", cause="gone-plugin:1")
    assert find_stale(known, Baseline(), frozenset()) == Baseline()
    assert find_stale(known, Baseline(), RULES) == baseline("a")


def test_updating_takes_in_the_new_and_keeps_what_cannot_be_judged() -> None:
    known = baseline("a", "b") | baseline("c", cause="gone-plugin:1")
    found = Baseline.from_diagnostics([one("b", "mojibake:renamed"), one("d")])
    assert update_baseline(known, found, RULES) == found | baseline("c", cause="gone-plugin:1")
    assert update_baseline(known, found, frozenset()) == found | known.subtract(
        {"mojibake": {baseline_token(one("b"))}}
    )


def test_lines_of_one_cause_are_united_and_order_does_not_matter() -> None:
    text = f"{HEAD}mojibake:1 _Z0_U\n\nhtml-entity:9 3x_rO\nmojibake:1 yiNMV,_Z0_U\n{HEAD}"
    known = parse_baseline(text, "b")
    assert known == baseline("a", "b") | baseline("d", cause="html-entity:9")
    assert len(known) == 3


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_bytes(b"\xef\xbb\xbf" + rendered(baseline("a", "b")).replace("\n", "\r\n").encode())
    assert read_baseline(path, "b") == baseline("a", "b")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "b:1: no baseline: the first line is '', not '# newslint-baseline …'; name another"),
        ("---\ntitle: x\n", "b:1: no baseline: the first line is '---'"),
        ("# newslint-baseline x\n", "b:1: no baseline"),
        (f"{BASELINE_MARK}4: x\n", "b:1: its format is of version '4', and this newslint reads "),
        (f"{BASELINE_MARK}3.2: x\n", "b:1: its format is of version '3.2', and this newslint"),
        (f"{BASELINE_MARK}0: x\n", "version '0'"),
        (f"{HEAD}mojibake:1 lGFH9@\n", "b:2: "),
        (f"{HEAD}mojibake:1 lGFH9@1\n", "b:2: "),
        (f"{BASELINE_MARK}12\n", "version '12'"),
        (f"{HEAD}mojibake\n", "b:2: 'mojibake' is not 'rule:cause token,token': restore the line"),
        (f"{HEAD}\nmojibake:1 lGFH\n", "b:3: 'mojibake:1 lGFH' is not"),
        (f"{HEAD}mojibake:1 lGFH9,\n", "b:2: "),
        (f"{HEAD}mojibake:1  lGFH9\n", "b:2: "),
        (f"{HEAD}mojibake:1 lGFé9\n", "b:2: "),
        (f"{HEAD}: lGFH9\n", "b:2: "),
        (f"{HEAD}# a remark\n", "b:2: '# a remark' is not"),
        (f"{HEAD}\x1b[2J\u202e\n", r"b:2: '\x1b[2J\u202e' is not"),
        (f"{HEAD}<<<<<<< HEAD\n", "b:2: a merge was left unfinished at '<<<<<<< HEAD': delete"),
        (f"<<<<<<< HEAD\n{HEAD}", "b:1: a merge was left unfinished"),
        (f"{HEAD}mojibake:1 lGFH9\n||||||| 5e\n", "b:3: a merge was left unfinished"),
        (f"{HEAD}\n=======\r\n", "b:3: a merge was left unfinished"),
        (f"{HEAD}>>>>>>> other\n", "b:2: a merge was left unfinished"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, told: str) -> None:
    with pytest.raises(BaselineError) as error:
        parse_baseline(text, "b")
    assert told in str(error.value)
    assert str(error.value).isprintable()


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "utf-16").write_bytes(HEAD.encode("utf-16"))
    with pytest.raises(BaselineError, match="utf-16: no baseline: it is not UTF-8 text"):
        read_baseline(tmp_path / "utf-16", "utf-16")
    with pytest.raises(BaselineError, match="cannot read the baseline here: it is a folder"):
        read_baseline(tmp_path, "here")
    with pytest.raises(FileNotFoundError):
        read_baseline(tmp_path / "none", "none")


@given(REPORTS)
def test_what_a_report_holds_is_let_pass(report: Report) -> None:
    known = parse_baseline(rendered(Baseline.from_diagnostics(report.diagnostics)), "b")
    assert known == Baseline.from_diagnostics(report.diagnostics)
    applied = apply_baseline(replace(report, baselined=0), known, RULES)
    assert applied.report.diagnostics == ()
    assert applied.baselined == report.diagnostics
    assert applied.report.baselined == len(report.diagnostics)
    assert applied.stale == Baseline()


_FINGERPRINTS = st.sets(st.sampled_from([f"{number:02x}" for number in range(40)]))


@given(_FINGERPRINTS, _FINGERPRINTS)
def test_what_another_report_adds_is_left(before: set[str], after: set[str]) -> None:
    report = Report(diagnostics=tuple(one(each) for each in sorted(after)))
    applied = apply_baseline(report, baseline(*before), RULES)
    assert [each.fingerprint for each in applied.report.diagnostics] == sorted(after - before)
    assert applied.stale == baseline(*(before - after))
    assert applied.report.baselined == len(before & after)


@given(_FINGERPRINTS, _FINGERPRINTS, st.sampled_from([RULES, frozenset[str]()]))
def test_after_an_update_nothing_is_new_or_stale(
    before: set[str], after: set[str], judged: frozenset[str]
) -> None:
    report = Report(diagnostics=tuple(one(each) for each in sorted(after)))
    known = update_baseline(
        baseline(*before), Baseline.from_diagnostics(report.diagnostics), judged
    )
    applied = apply_baseline(report, known, judged)
    assert applied.report.diagnostics == ()
    assert applied.stale == Baseline()
    assert len(known) == len(after if judged else before | after)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            known = parse_baseline(whole, "b")
        except BaselineError as error:
            assert not UNSAFE.search(str(error))  # noqa: PT017 # most texts are refused, not all
        else:
            assert parse_baseline(rendered(known), "b") == known


def test_a_hundred_and_sixty_thousand_take_about_a_megabyte() -> None:
    causes = [f"related-unpublished:{number:012x}" for number in range(5_000)]
    found = (one(f"{number:016x}", causes[number % 5_000]) for number in range(160_000))
    text = rendered(Baseline.from_diagnostics(found))
    assert text.count("\n") == 5_001
    assert len(text) < 1_200_000


def of_version(version: str, *lines: str) -> Baseline:
    return parse_baseline(HEAD.replace("3.1", version) + "".join(f"{one}\n" for one in lines), "b")


def past_token(found: Diagnostic, version: IdentityVersion) -> str:
    return baseline_token(one(*past_fingerprints([found], version)))


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_a_baseline_of_version_1_is_matched_and_upgraded(version: str) -> None:
    found = [diagnostic(message=message, fingerprint=message) for message in ("one", "two")]
    token = past_token(found[0], IdentityVersion(1, 1))
    old = of_version(version, f"mojibake:1 {token},zzzzz")
    result = apply_baseline(Report(diagnostics=tuple(found)), old, {"mojibake"})
    assert result.baselined == (found[0],)
    assert result.stale.by_rule == {"mojibake": {"zzzzz@1.1"}}
    upgraded = old.upgrade(found)
    assert upgraded.by_rule == {"mojibake": {baseline_token(found[0]), "zzzzz@1.1"}}


def test_tokens_of_rules_that_did_not_run_match_later() -> None:
    found = [diagnostic(message=message, fingerprint=message) for message in ("one", "two")]
    token = past_token(found[0], IdentityVersion(1, 1))
    old = of_version("1", f"mojibake:1 {token}", "missing-image:2 aaaaa")
    none_ran = update_baseline(old.upgrade([]), Baseline(), frozenset())
    rewritten = parse_baseline(rendered(none_ran), "b")
    assert rewritten == none_ran == old
    later = apply_baseline(Report(diagnostics=tuple(found)), rewritten, {"mojibake"})
    assert later.baselined == (found[0],)
    assert rendered(rewritten.upgrade(found)) == (
        f"{HEAD}missing-image:2 aaaaa@1.1\nmojibake:1 {baseline_token(found[0])}\n"
    )


def test_duplicate_keys_of_version_2_are_matched() -> None:
    place = Location("a.md", "/provider", START)
    twice = diagnostic(rule="duplicate-key", identity="name", location=place)
    token = past_token(twice, IdentityVersion(2, 1))
    name = fingerprint("duplicate-key", twice.path, "/provider", "")
    assert token == baseline_token(one(name))
    old = of_version("2", f"duplicate-key:1 {token}")
    assert apply_baseline(Report(diagnostics=(twice,)), old, RULES).baselined == (twice,)


def test_urls_of_an_earlier_form_are_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POINTER_URLS, 0, str.upper)
    place = Occurrence(
        "a.md", "/related/1", key="/related/https:~1~1a.example", entry_url="https://a.example?"
    )
    found = diagnostic(location=Location("", "/title", START), value="y", occurrence=place)
    name = fingerprint("mojibake", "a.md", "/related/HTTPS:~1~1A.EXAMPLE?/title", "y")
    old = of_version("3.0", f"mojibake:1 {baseline_token(one(name))}")
    assert apply_baseline(Report(diagnostics=(found,)), old, RULES).baselined == (found,)


@pytest.mark.parametrize(
    ("message", "past"),
    [
        ("the file is empty", "the file is empty; it holds no record"),
        (
            "the key 'a' is given twice; YAML parsers keep the last",
            "the key 'a' is given twice; YAML parsers silently keep the last",
        ),
        (
            "unused suppression: 'a' and 'b' report nothing in this file",
            "nothing in this file to silence for 'a', 'b'",
        ),
        ("unused suppression: 'a' reports nothing here", "nothing here to silence for 'a'"),
        (
            "'*a' is inside the value that it refers to",
            "'*a' stands inside the value that it refers to",
        ),
        ("no image", "no image"),
        ("the lines '=' and '>'", "the lines '=' and '>'"),
    ],
)
def test_changed_messages_are_matched(message: str, past: str) -> None:
    found = diagnostic(message=message)
    assert list(past_fingerprints([found], IdentityVersion(1, 1))) == [
        fingerprint(found.rule, found.path, found.location.pointer, f"\0{past}")
    ]
