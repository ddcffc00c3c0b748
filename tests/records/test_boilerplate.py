"""Boilerplate is found by its words first, then by its patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.boilerplate import BOILERPLATE, find_boilerplate
from newslint.records.boilerplate_phrases import BoilerplateKind


@pytest.mark.parametrize("notice", [each for _, each in BOILERPLATE])
@given(st.data())
def test_every_match_of_a_pattern_contains_one_of_its_words(
    notice: BoilerplateKind, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(notice.pattern, re.IGNORECASE)))
    assert any(word in text.casefold() for word in notice.words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We use cookies to give you the best experience on our website.", "a cookie notice"),
        ("Wir verwenden Cookies, um Inhalte zu personalisieren.", "a cookie notice"),
        ("Wir nutzen auf dieser Website Cookies.", "a cookie notice"),
        ("Wij gebruiken cookies om deze website te verbeteren.", "a cookie notice"),
        ("Используя сайт, вы знаете: мы используем файлы cookie.", "a cookie notice"),
        ("Ta witryna korzysta z plików cookie.", "a cookie notice"),
        ("Denne siden: vi bruker informasjonskapsler.", "a cookie notice"),
        ("Sitemizde çerezler kullanıyoruz.", "a cookie notice"),
        ("Trang web này sử dụng cookie để phục vụ bạn.", "a cookie notice"),
        ("当サイトでは利便性のためCookieを使用しています。", "a cookie notice"),
        ("本网站使用Cookie。继续浏览即表示您同意。", "a cookie notice"),
        ("이 사이트는 편의를 위해 쿠키를 사용합니다.", "a cookie notice"),
        ("يستخدم هذا الموقع ملفات تعريف الارتباط.", "a cookie notice"),
        ("Cet article est réservé aux abonnés.", "a paywall"),
        ("Il vous reste 62,5 % de l’article à lire.", "a paywall"),
        ("Dieser Artikel ist nur für Abonnenten.", "a paywall"),
        ("Jetzt anmelden und weiterlesen.", "a paywall"),
        ("Contenido exclusivo para suscriptores.", "a paywall"),
        ("Articolo riservato agli abbonati.", "a paywall"),
        ("Conteúdo exclusivo para assinantes.", "a paywall"),
        ("Материал доступен только по подписке.", "a paywall"),
        ("Статья только для подписчиков.", "a paywall"),
        ("この記事は会員限定です。", "a paywall"),
        ("订阅后可阅读全文。", "a paywall"),
        ("Inscrivez-vous à notre infolettre.", "a call to subscribe"),
        ("Melden Sie sich für unseren Newsletter an!", "a call to subscribe"),
        ("Schrijf je in voor onze nieuwsbrief.", "a call to subscribe"),
        ("Bitte JavaScript aktivieren.", "a message to the browser"),
        ("您的浏览器不支持JavaScript，请更换。", "a message to the browser"),
        ("Der Browser löscht nun Cookies; was Nutzer dazu sagen.", ""),
        ("Le journal ouvre ses archives à ses abonnés dès lundi.", ""),
        ("El teatro abrió una sala sólo para suscriptores del club.", ""),
        ("新しいカフェが会員限定で開店し、行列ができた。", ""),
        ("浏览器厂商宣布明年停用第三方Cookie。", ""),
        ("이 회사는 내년부터 쿠키를 굽는 로봇을 판다.", ""),
        ("Copyright 2022 The Associated Press. All Rights Reserved by it.", "a copyright notice"),
        ("The browser that engineers built is out, and its source is open.", ""),
        ("Read more", "filler"),
        (
            "Getting started with Azure? Join a live webinar session with experts.",
            "an advertisement for an event",
        ),
        ("Teachers can now join a live webinar from the app without an account.", ""),
    ],
)
def test_boilerplate_is_distinguished_from_news(text: str, name: str) -> None:
    assert find_boilerplate(text) == name
