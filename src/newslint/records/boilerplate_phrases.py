"""Phrases of boilerplate in other languages than English.

As in English, each is one that publishers write about their own pages, never about the news.
"""

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


OTHER_LANGUAGES = {
    "a cookie notice": BoilerplateKind(
        ("cookie", "informasjonskapsler", "çerez", "クッキー", "쿠키", "تعريف الارتباط"),
        r"\b(?:strona|witryna) (?:ta )?(?:używa|korzysta z) (?:plików )?cookies?\b"
        r"|\bvi (?:använder|bruger|bruker) (?:cookies|informasjonskapsler)\b"
        r"|\b(?:trang web này|chúng tôi) sử dụng cookie\b"
        r"|\bçerez(?:ler)?(?:i|den)? kullan(?:ıyor|makta|ımını kabul)"
        r"|(?:当|本)(?:ウェブ)?サイト[^。]{0,40}(?:cookie|クッキー)を(?:使用|利用)"
        r"|(?:cookie|クッキー)の(?:使用|利用)に同意"
        r"|(?:本(?:网站|網站|站)|我们的网站|我們的網站)[^。]{0,4}使用 ?cookie"
        r"|同意(?:我们|我們)?使用 ?cookie"
        r"|사이트(?:는|에서는)[^.]{0,30}쿠키를 사용|쿠키 사용에 동의"
        r"|(?:هذا الموقع|موقعنا)[^.]{0,20}ملفات تعريف الارتباط",
    ),
    "a paywall": BoilerplateKind(
        (
            *("abonn", "il vous reste", "weiterlesen", "suscr", "abbonati", "assinantes", "assine"),
            *("подпис", "会員", "続きを", "全文"),
        ),
        r"\b(?:article|contenu) (?:est )?réservé (?:à nos|aux) abonnés\b"
        r"|\bil vous reste \d{1,2}(?:[.,]\d{1,2})?\s?% de (?:cet|l.)\s?article\b"
        r"|\babonnez-vous pour (?:lire|continuer|accéder)\b"
        r"|\b(?:artikel|inhalt|beitrag) (?:ist )?(?:nur|exklusiv) für (?:unsere )?abonnent"
        r"|\b(?:anmelden|abonnieren|registrieren) und weiterlesen\b"
        r"|\b(?:contenido|artículo|noticia) (?:es )?(?:exclusiv[oa]|solo|sólo) para suscriptores\b"
        r"|\bsuscríb(?:e|a)(?:te|se) para (?:seguir|leer|acceder)\b"
        r"|\b(?:contenuto|articolo) (?:è )?riservato agli abbonati\b"
        r"|\babbonati per (?:continuare|leggere)\b"
        r"|\b(?:conteúdo|texto) (?:é )?exclusivo para assinantes\b"
        r"|\bassine para (?:continuar|ler)\b"
        r"|\b(?:материал|статья) (?:доступ(?:ен|на) )?только (?:для подписчиков|по подписке)"
        r"|(?:この|本)記事は(?:有料)?会員(?:限定|のみ)|続きを(?:お読みいただ|読むには)"
        r"|(?:登录|登入|订阅|訂閱|付费|付費)(?:后|後)(?:即可|可)?(?:阅读|閱讀|查看)全文",
    ),
    "a call to subscribe": BoilerplateKind(
        ("newsletter", "inscrivez-vous", "abonnez-vous", "suscr", "nieuwsbrief"),
        r"\b(?:inscrivez|abonnez)-vous (?:gratuitement )?à (?:notre|la|nos) "
        r"(?:newsletters?|infolettre|lettre d.information)\b"
        r"|\b(?:unseren|den) (?:\w+ )?newsletter (?:jetzt |hier |kostenlos )?abonnieren\b"
        r"|\bfür (?:unseren|den) newsletter an(?:melden)?\b"
        r"|\bsuscríb(?:e|a)(?:te|se) a (?:nuestr[oa]|la|el) (?:newsletter|boletín)\b"
        r"|\biscriviti alla (?:nostra )?newsletter\b"
        r"|\b(?:assine|receba) (?:a )?nossa newsletter\b|\binscreva-se na (?:nossa )?newsletter\b"
        r"|\bschrijf (?:je|u) in voor (?:onze|de) nieuwsbrief\b",
    ),
    "a message to the browser": BoilerplateKind(
        ("javascript", "자바스크립트", "جافا سكريبت"),
        r"\bjavascript aktivieren\b|\baktivieren sie (?:bitte )?javascript\b"
        r"|\b(?:activ(?:er|ez|ar|e)|habilit(?:ar|e)|abilita(?:re)?|включите|włącz) javascript\b"
        r"|(?:启用|啟用|不支持|不支援) ?javascript|javascriptを有効"
        r"|(?:자바스크립트|javascript)를 (?:활성화|사용)|تفعيل (?:جافا سكريبت|javascript)",
    ),
}
"""The phrases of kinds of boilerplate, by name."""
