"""Everyday sentences in more than thirty languages, which no text rule may report or change."""

import re
from collections.abc import Iterator

SENTENCES = {
    "Afrikaans": "Die môre was koud, sê hy, maar ’n bietjie son het vir die oë goed gedoen.",
    "Albanian": "Vajza ime është gjithnjë e gëzuar kur çelet shkolla në Durrës.",
    "Arabic": "أعلنت الحكومة اليوم عن خطة جديدة لبناء المدارس، وقال الوزير: «سنبدأ غداً».",
    "Basque": "Gaur goizean, prezioak %20 igo dira; señorak ez zuen ezer esan.",
    "Bengali": "সরকার আজ নতুন একটি পরিকল্পনা ঘোষণা করেছে, যা আগামী মাসে শুরু হবে।",
    "Bulgarian": "Днес правителството обяви нов план за училищата — „ще започнем утре“.",
    "Burmese": "အစိုးရသည်\u200bယနေ့\u200bအစီအစဉ်သစ်ကို\u200bကြေညာခဲ့သည်။",
    "Catalan": "La col·lecció d’aquest any és més àmplia, diu l’alcaldessa: «això és fantàstic!»",
    "Chinese": "政府今天宣布了一项新计划，将于下月开始实施。“我们准备好了”，部长说。",
    "Croatian": (
        "Vlada je danas objavila novi plan: „Počinjemo već sutra“, kaže čelnik županije u Šibeniku."
    ),
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekla vláda v pátek v Plzni.",
    "Danish": (
        "På øen blæste det så kraftigt, at færgen måtte blive i havn; æblerne faldt af træerne."
    ),
    "Dutch": (
        "De ministers gingen zaterdag ’s avonds naar "
        "’s-Hertogenbosch voor een coördinerende reünie."
    ),
    "English": "“It’s a naïve plan,” the chef said at his café – the dish costs £5, or €6…",
    "Esperanto": "Ĉiuj ĵurnalistoj aŭdis pri la ĝardeno, ĉar la estro tuj ŝanĝis ĝian nomon.",
    "Estonian": "Õhtul sõitis võõras mees üle jõe Pärnusse, öeldes: „šokolaad on hää“.",
    "Faroese": "Í gjár søgdu børnini, at tað var so kalt, at eingin tordi út; ORÐIÐ ER Í BORÐINUM.",
    "Finnish": "Hyvää huomenta, sanoi äiti, ja Åbosta tullut isä söi töissä pöydän ääressä.",
    "French": (
        "« Ça va ? » L’été dernier, à Nîmes, l’œuvre coûtait déjà 5 € ; Noël est fêté où il naît."
    ),
    "Georgian": "მთავრობამ დღეს ახალი გეგმა გამოაცხადა და ხვალ დაიწყებს.",
    "German": (
        "Größere Züge fahren über die „neue“ Brücke nach Köln; die ‚Öl‘-Preise stiegen um 5 °C."
    ),
    "Greek": "Η κυβέρνηση ανακοίνωσε σήμερα ένα νέο σχέδιο: «ξεκινάμε αύριο», είπε ο υπουργός.",
    "Guarani": "Mitã porã oho tapiaite mbo’ehaópe ha oñe’ẽ porã hína hag̃ua ára ha ára.",
    "Hebrew": "הממשלה הודיעה היום על תוכנית חדשה, ומחר נתחיל – אמר השר בצה״ל.",
    "Hindi": "सरकार ने आज एक नई योजना की घोषणा की, जो अगले महीने शुरू होगी।",
    "Hungarian": (
        "A kormány bejelentette, hogy több új iskolát épít; „holnap "
        "már jön az idő” – mondta a szakértő."
    ),
    "Icelandic": (
        "Það er kalt á Íslandi, sögðu börnin, og þess vegna verður æfing í höllinni á morgun."
    ),
    "Indonesian": (
        "Pemerintah mengumumkan rencana baru hari ini; déjà vu bagi warga – kata menteri."
    ),
    "Irish": (
        "D’fhógair an Rialtas plean nua inniu, agus tá fáilte roimh chách, a dúirt an tAire Éamon."
    ),
    "Italian": "La città è così bella perché c’è il sole: più su, là, sarà già l’una, però.",
    "Japanese": "政府は今日、新しい計画を発表しました。「来月から始めます」と大臣は言いました。",
    "Kazakh": "Үкімет бүгін жаңа жоспарды жариялады, ол келесі айда басталады.",
    "Khmer": "រដ្ឋាភិបាល\u200bបាន\u200bប្រកាស\u200bផែនការ\u200bថ្មី\u200bនៅ\u200bថ្ងៃ\u200bនេះ។",
    "Korean": "정부는 오늘 새로운 계획을 발표했다. “내일 시작합니다”라고 장관이 말했다.",
    "Lao": "ລັດຖະບານ\u200bໄດ້\u200bປະກາດ\u200bແຜນການ\u200bໃໝ່\u200bໃນ\u200bມື້ນີ້.",
    "Latvian": "Valdība šodien paziņoja jaunu plānu: “Rīt mēs sāksim”, ģimenēm sacīja ministrs.",
    "Lithuanian": "Vyriausybė šiandien paskelbė naują planą – „pradėsime rytoj“, įspėjo žmonės.",
    "Macedonian": "Владата денес објави нов план, а министерот рече: „почнуваме утре“.",
    "Maltese": (
        "Il-gvern illum ħabbar pjan ġdid għall-iskejjel; il-poplu għadu qed jistenna l-libertà."
    ),
    "Mongolian": "ᠮᠣᠩᠭᠤᠯ ᠬᠡᠯᠡ\u180eᠠ ᠪᠣᠯ ᠰᠠᠶᠢᠬᠠᠨ᠃",
    "Northern Sami": (
        "Odne lea čáppa dálki, dadjá Áhčči, ja mánát stohket olgun Deanus – NUORAIDDÂ RÁĐĐI."
    ),
    "Norwegian": (
        "Været på øya er dårlig i dag, sa læreren, og gikk til kaféen for å få en kopp òg."
    ),
    "Persian": "دولت امروز برنامه\u200cی تازه\u200cای اعلام کرد؛ وزیر گفت: «فردا می\u200cآغازیم».",
    "Polish": "Zażółć gęślą jaźń — powiedział wójt; „Łódź” świętuje już dziś, ośle!",
    "Portuguese": (
        "A reunião não começou às três; a irmã disse que amanhã o avião já tinha saído, ó céus."
    ),
    "Romanian": (
        "Guvernul a anunțat astăzi un plan nou pentru școli: „începem mâine”, a spus românul."
    ),
    "Russian": "Правительство объявило сегодня новый план: «начнём завтра», — сказал министр.",
    "Serbian": "Влада је данас објавила нови план за школе, рекао је министар из Ћуприје.",
    "Skolt Sami": "Tän ääiʹj leäi puärast, cieʹlǩi âkka, da mâjja vuõlji jååttam.",
    "Slovak": (
        "Vláda dnes oznámila nový plán; „začíname zajtra“, povedal minister a kôň ľahko vstal."
    ),
    "Slovenian": (
        "Vlada je danes objavila nov načrt: »Začnemo že jutri,« pravi župan v Škofji Loki."
    ),
    "Spanish": "El año pasado, ¿quién pagó el café de la señora Núñez? ¡Así está el mañana!",
    "Swedish": "Åsa och Östen åkte på färd till Malmö, där kaféet var stängt hela dagen.",
    "Thai": "รัฐบาล\u200bประกาศ\u200bแผน\u200bใหม่\u200bวันนี้ และจะเริ่มในเดือนหน้า",
    "Turkish": (
        "Enflasyon %61 oldu; İstanbul’da güneşli bir gün, çok şükür, fiyatlar %20’si kadar düştü."
    ),
    "Turkmen": "Türkmen halky şu gün täze ýyly garşylaýar, çünki ähli işler ýola goýuldy.",
    "Ukrainian": (
        "Уряд сьогодні оголосив новий план: «почнемо завтра», — сказав міністр; це її м’яч."
    ),
    "Urdu": "حکومت نے آج نئے منصوبے کا اعلان کیا ہے، جو اگلے مہینے شروع ہوگا۔",
    "Vietnamese": (
        "Chính phủ hôm nay đã công bố kế hoạch mới; “mai ta khởi công”, bà cả ở Hà Nội nói."
    ),
    "Welsh": "Mae’r tŷ ar y bryn â golygfa dros y môr; gŵyl gyda’r plant yw hi heddiw.",
    "emoji": (
        "👍 🇩🇪 👩\u200d👩\u200d👧 ☕\ufe0f 1\ufe0f⃣ "
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    ),
}

NAMES = (
    "IRMÃ DULCE É SANTA",
    "ĐÃ THÔNG QUA LUẬT ĐẤT ĐAI",
    "PÃ ES COM AMANHÃ",
    "CIDADE DE SÃO JOÃO: A MANHÃ E A MAÇÃ",
    "«A IRM\u00c3\u00bb E “A MANHÃ” – E ‘A LÃ’",
    "NGÃ BA, MÃ SỐ, XÃ HỘI",
    "TÂM Â VÂ SÂ VUÂ",
    "BORÐ OG ORÐ: „BOR\u00d0“, „OR\u00d0“",
    "SOCIÉTÉ À CÔTÉ: CAFÉ”, L’ÉTÉ…",
    "Slavoj Žižek a été très critiqué à la conférence",
    "Bjørn Kjøs og Hélène Grøn møter Škoda, Müller og Núñez",
    "Conceição, Pärnu, Łódź, Győr, Çeşme, Århus, Þórshöfn",
    "Die Umlaute ÄÖÜ und äöü, dazu ß",
    "Preis je m²: 5 €/m³, ±3 °C, ½ Liter, 1º e 2ª, N° 5, § 3, © 2022, Produkt™",
)
"""Texts that look like mojibake: capital `Ã` and `Â` at ends of words, quotes after them, names."""


def variants(text: str) -> Iterator[str]:
    """Yield a text in lower, upper and title case, with other spaces, quotes and dashes."""
    for cased in (text, text.lower(), text.upper(), text.title()):
        yield cased
        yield cased.replace(" ", "\xa0")
        yield f"“{cased}” – ‘{cased}’…"
        yield f"«\xa0{cased}\xa0» — „{cased}“"
        yield re.sub(r"(\w) (\w)", "\\1\u2014\\2", cased)


GOOD_TEXTS = [*SENTENCES.values(), *NAMES]
