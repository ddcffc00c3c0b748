"""Names of images: default pictures and logos of a site, and names that look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.image_names import file_name, is_default_picture


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://a.example/img/og-image.jpg", "a.example"),
        ("https://a.example/img/social-default-a4f15.jpg", "a.example"),
        ("https://a.example/images/ShareLogo2.png", "a.example"),
        ("https://a.example/about/finextra-logo-alt-16-9.jpg", "finextra.com"),
        ("https://cdn.example/2020/help_net_security.jpg", "www.helpnetsecurity.com"),
        ("https://a.example/themes/x/hr-social-logo-400x400.jpg", "hostreview.com"),
        ("https://a.example/tncms/custom/image/b9818ac0.jpg", "wfmz.com"),
        ("https://a.example/social-share-post.png", "a.example"),
    ],
)
def test_default_pictures(url: str, domain: str) -> None:
    assert is_default_picture(url, domain)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://i.ytimg.com/vi/x/hqdefault.jpg", "youtube.com"),
        ("https://a.example/styles/default/public/rome.jpg", "a.example"),
        ("https://a.example/media/Default/blog/oslo.png", "a.example"),
        ("https://a.example/crops/7/social", "a.example"),
        ("https://mma.prnewswire.com/media/1/Acme_Logo.jpg", "prnewswire.com"),
        ("https://mms.businesswire.com/media/1/en/2/logo_NEW.jpg", "businesswire.com"),
        ("https://a.example/uploads/acme-logo.png", "a.example"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_other_pictures(url: str, domain: str) -> None:
    assert not is_default_picture(url, domain)


def test_the_name_of_a_file_has_no_query() -> None:
    assert file_name("http://[") == ""
    assert file_name("https://a.example/img/a%20b.png?w=8#x") == "a b.png"


@given(st.text(), st.text())
def test_any_text_is_judged(url: str, domain: str) -> None:
    assert is_default_picture(f"https://a.example/{url}", domain) in {True, False}
