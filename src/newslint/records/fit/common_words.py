"""Words that say nothing about the subject of a text, by language."""

from newslint.records.words import COMMON_WORDS, stem

_COMMON = {
    "english": """
        a about above across after again against ago all almost already also although always am
        among an and another any are around as at away back be became because become been before
        being below best better between big both but by call called came can cannot come comes
        could day days did do does doing done down during each early either else end enough even
        ever every everything far few find first follow following for found from full further
        gave get gets getting give given go goes going gone good got great group had half has
        have having he her here him his how however i if in including inside instead into is it
        its itself just keep kept know known largest last late later latest least less let life
        like likely little local long look looking made main make makes making man many may me
        mean means might million month months more morning most move much must my near need
        needs never new news next no nor not nothing now number of off often old on once one
        only open or other others our out over own part past people per place plan plans
        possible present presents put read recent recently report reported reports right said
        same saw say saying says second see seen set several she should show shows side since
        small so some something soon still such take takes taking team tell than that the their
        them then there these they thing things think this those though three through time times
        to today together told tomorrow too top toward try two under until up upon us use used
        uses using very via want wants was way ways we week weeks well went were what when where
        which while who whole whose why will with within without work working works world would
        year years yes yesterday yet you your
    """,
    "german": """
        aber alle als also am an auch auf aus bei beim bis da dabei damit dann das dass dem den
        denn der des die dies diese dieser doch durch ein eine einem einen einer eines er erst
        es etwa für gegen gibt ganz haben hat heute hier ich ihr ihre im immer in ins ist jahr
        jahre jahren jetzt kann kein keine kommt können mal man mehr mit muss nach neu neue
        neuen neuer nicht noch nun nur ob oder ohne seit sein seine sich sie sind so soll sollen
        um und uns unter viel viele vom von vor war was wegen weil weiter wenn werden wie wieder
        will wir wird zu zum zur zwei über
    """,
    "french": """
        a ans après au aussi autre avant avec aux avoir bien ce cela ces cet cette chez comme
        contre dans de depuis des deux dit donc dont du elle en encore entre est et eu fait il
        ils jour la le les leur lors mais même moins ne non nos notre nous nouveau nouvelle on
        ont ou où par pas pendant peu peut plus pour premier première qu que qui sa sans se
        selon ses si son sont sous sur tous tout toute très trois un une vers vont vous y à été
        être
    """,
    "spanish": """
        a al ante antes año años así aunque bajo cada como con contra cuando de del desde
        después día días donde dos durante e el ella en entre era es esta estas este esto está
        están fue ha hace hacia hasta hay hoy la las le les lo los mayor menos mejor mientras
        muy más ni no nos nueva nuevo o otra otro para pero poco por porque primer primera puede
        que quien se según ser si sin sobre son su sus también tan tiene todo todos tras tres un
        una uno y ya él
    """,
    "italian": """
        a ad al alla alle anche ancora anni anno che chi ci come con contro cosa così da dal
        dalla degli dei del della delle di dopo dove due e ed era fa fino già gli ha hanno i il
        in io la le lo loro ma meno mentre molto ne nei nel nella no non nuova nuovo o oggi ogni
        per perché però più poi prima primo può quando quello questa questo se sempre senza si
        sono sta su sua sue sui sul sulla suo tra tre tutti tutto un una uno va è
    """,
    "portuguese": """
        a ainda ano anos antes ao aos após as até cada com como contra da das de depois desde
        dia dias do dois dos e ela ele em entre era essa esse esta este está foi há hoje já mais
        mas mesmo muito na nas no nos nova novo não o onde os ou para pela pelo por porque
        primeira primeiro quando que quem se sem ser será seu seus sob sobre sua suas são também
        tem toda todos três um uma à é
    """,
    "dutch": """
        aan al alle als bij dan dat de der deze die dit door een en er gaat geen haar had heeft
        hem het hij hoe hun ik in is jaar je kan maar meer met mijn moet na naar niet nieuw
        nieuwe nog nu of om omdat ons ook op over te tegen toch tot twee uit uw van veel voor
        waar was wat we weer wel werd worden wordt ze zich zijn zo zonder zou
    """,
    "swedish": """
        alla att av blir bli då de den det detta dig din där efter eller en ett från för får ha
        har han hon hur här i inte in kan kommer man med men mer mot ny nya när och om på sig
        sin ska som så till två under upp ut vad var vi vid vill år är även över
    """,
    "danish": """
        af alle at blev bliver da de den der deres det dette din du efter eller en er et for fra
        få får før ham han har her hun hvor i ikke ind kan kommer man med men mere mod mange ny
        nye når nu og også om op over på samt sig sin skal som så til to ud under var ved vi vil
        være år
    """,
    "russian": """
        а без более бы был была были было быть в вам вас весь во вот все всех всего вы где год
        года году да для до его ее если есть еще же за и из или им их к как когда кто ли мы на
        над наш не него нет ни но новый новая новые о об он она они от по под после при про раз
        с свой со так также там тем то того тоже только у уже чем через что чтобы эта эти это
        этот я
    """,
    "turkish": """
        ama ancak bazı ben bir biz bu bütün çok da daha de değil diye en gibi göre hem her için
        iki ile ilk ise kadar ki mi nasıl ne neden o olan olarak oldu olduğu on onun önce sonra
        son şey siz şu tüm var ve veya ya yeni yıl yok
    """,
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_ALL = frozenset().union(*_WORDS.values())
_MIN_LENGTH = 3


def content_words(words: list[str], language: str) -> dict[str, str]:
    """Select the words that may identify a subject, in order: stems of lower-case words by word.

    Args:
        words: The words.
        language: Their language; if empty, the common words of all languages are left out.
    """
    common = _WORDS.get(language, _ALL)
    kept = [
        word
        for word in dict.fromkeys(words)
        if len(word) >= _MIN_LENGTH and word not in common and word not in COMMON_WORDS
    ]
    return dict(zip(kept, stem(kept, language), strict=True))
