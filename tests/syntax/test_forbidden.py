"""Characters that libyaml refuses, kept."""

from hypothesis import given
from hypothesis import strategies as st

from newslint.syntax import Reader
from newslint.syntax.forbidden import substitute_forbidden
from newslint.text.control_characters import FORBIDDEN

SHIELDED = "\x00\x07\x1f\x7f\x80\x85\x9f\u2028\u2029\ufffe\uffff"
PRIVATE = range(0xF0000, 0x10FFFE)


def test_a_clean_text_stays_the_same_object() -> None:
    text = "title: Meta\t\r\n\ufeff\u00a0"
    assert substitute_forbidden(text).text is text
    assert substitute_forbidden(text).restore("x") == "x"


@given(st.text(st.one_of(st.sampled_from(SHIELDED), st.characters(exclude_categories=["Cs"]))))
def test_the_substituted_text_has_the_same_length_and_can_be_restored(text: str) -> None:
    substitution = substitute_forbidden(text)
    assert len(substitution.text) == len(text)
    assert substitution.restore(substitution.text) == text
    assert not FORBIDDEN.search(substitution.text)


@given(st.text(st.sampled_from(SHIELDED + "ab"), min_size=1))
def test_such_characters_are_text_in_every_style(text: str) -> None:
    for yaml in (f"a{text}a", f"'{text}'", f'"{text}"', f"|-\n  {text}", f">-\n  {text}"):
        (fragment,), problems = Reader().read(f"k: {yaml}\n")
        wanted = f"a{text}a" if yaml.startswith("a") else text
        assert not problems
        assert fragment.node.to_python() == {"k": wanted}


def test_private_characters_of_the_text_are_left_alone() -> None:
    private = "\U000f0000\U000f0001\U000f8000\U00100000\U00108000"
    (fragment,), _ = Reader().read(f'a: "{private}\x80"\nb: "\\U000F0002 \x81"\n')
    assert fragment.node.to_python() == {"a": private + "\x80", "b": "\U000f0002 \x81"}


def test_a_text_that_uses_all_private_characters_is_refused() -> None:
    text = "a: \x80" + "".join(map(chr, PRIVATE))
    fragments, (problem,) = Reader().read(text)
    assert not fragments
    assert problem.rule == "yaml-syntax"
    assert problem.message.startswith("YAML cannot contain this text: ")
