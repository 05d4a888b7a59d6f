"""Text in any encoding comes out as it was written, or is refused; it is never mangled."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.acquire.encoding import CODECS, decode, head_text
from dragoman.errors import SourceError

# One invented paragraph a language.
TEXTS = {
    "pt": "As delegações voltaram a reunir-se na sexta-feira, segundo o porta-voz da missão. A "
    "proposta não foi aceite, mas as conversações continuarão até à próxima semana.",
    "fr": "Les négociateurs se sont retrouvés à Varonne vendredi après-midi. « Rien n’est encore "
    "décidé », a déclaré le porte-parole, qui espère une reprise dès la semaine prochaine.",
    "en": "The two sides met on Friday at the Café Meridian. “Nothing is decided,” the spokesman "
    "said – adding that the talks would resume next week.",
    "es": "Las delegaciones se reunieron el viernes y acordaron continuar las negociaciones la "
    "próxima semana. El ministro señaló que todavía no hay decisión.",
    "it": "Le parti si sono incontrate venerdì e hanno concordato di proseguire i negoziati la "
    "prossima settimana. Non c'è ancora una decisione, perché manca la fiducia.",
    "de": "Die Unterhändler trafen sich am Freitag. Über die Löhne wurde bis spät in die Nacht "
    "verhandelt, größere Fortschritte gab es nicht.",
    "sv": "Parterna träffades på fredagen och enades om att fortsätta förhandlingarna nästa vecka.",
    "pl": "Strony spotkały się w piątek i uzgodniły, że będą kontynuować rozmowy w przyszłym "
    "tygodniu. Minister powiedział, że decyzja jeszcze nie zapadła – a miało być inaczej, śmiało.",
    "cs": "Strany se sešly v pátek a dohodly se, že budou příští týden pokračovat v jednání. "
    "Ministr řekl, že rozhodnutí ještě nepadlo a že důvěra chybí.",
    "tr": "Taraflar cuma günü bir araya geldi ve görüşmelere gelecek hafta devam etme kararı aldı. "
    "Bakan, henüz bir karar alınmadığını söyledi, ateşkes için çağrı yaptı.",
    "lt": "Šalys susitiko penktadienį ir sutarė tęsti derybas kitą savaitę. Ministras pareiškė, "
    "kad sprendimas dar nepriimtas, žmonės laukia.",
    "ru": "Стороны встретились в пятницу и договорились продолжить переговоры на следующей неделе. "
    "Министр заявил, что решение ещё не принято.",
    "uk": "Сторони зустрілися в п'ятницю і домовилися продовжити переговори наступного тижня. "
    "Міністр заявив, що рішення ще не прийнято, є питання щодо її змісту.",
    "el": "Οι δύο πλευρές συναντήθηκαν την Παρασκευή και συμφώνησαν να συνεχίσουν τις συνομιλίες.",
    "ar": "التقى الطرفان يوم الجمعة واتفقا على مواصلة المحادثات في الأسبوع المقبل.",
    "he": "הצדדים נפגשו ביום שישי והסכימו להמשיך את השיחות בשבוע הבא. השר אמר כי טרם התקבלה החלטה.",
    "zh": "双方代表星期五会面，同意下周继续谈判。部长表示，目前尚未作出任何决定，双方仍存在分歧。",
    "tw": "雙方代表星期五會面，同意下週繼續談判。部長表示，目前尚未作出任何決定，雙方仍存在分歧。",
    "ja": "双方の代表団は金曜日に会談し、来週も交渉を続けることで合意した。まだ決定していない。",
    "ko": "양측 대표단은 금요일에 만나 다음 주에 협상을 계속하기로 합의했다. "
    "아직 결정된 것이 없다.",
    "th": "ทั้งสองฝ่ายพบกันเมื่อวันศุกร์และตกลงที่จะเจรจาต่อในสัปดาห์หน้า",
}
SINGLE = [
    *((language, "cp1252") for language in ("pt", "fr", "en", "es", "it", "de", "sv")),
    *((language, "latin-1") for language in ("pt", "es", "it", "de", "sv")),
    *((language, "cp1250") for language in ("pl", "cs")),
    ("pl", "iso8859_2"),
    ("tr", "cp1254"),
    ("tr", "iso8859_9"),
    ("lt", "cp1257"),
    *(("ru", codec) for codec in ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")),
    ("uk", "cp1251"),
    ("uk", "koi8_u"),
    ("el", "cp1253"),
    ("el", "iso8859_7"),
    ("ar", "cp1256"),
    ("ar", "iso8859_6"),
    ("he", "cp1255"),
    ("zh", "gb18030"),
    ("zh", "gbk"),
    ("tw", "big5"),
    ("ja", "shift_jis"),
    ("ja", "euc_jp"),
    ("ja", "iso2022_jp"),
    ("ko", "euc_kr"),
    ("th", "cp874"),
]


@pytest.mark.parametrize(("language", "codec"), SINGLE)
def test_encodings_of_the_languages(language, codec):
    text = TEXTS[language].replace("–", "-") if codec == "iso8859_2" else TEXTS[language]
    assert decode(text.encode(codec), "x")[0] == text


@pytest.mark.xfail(strict=True, reason="Czech in ISO 8859-2 reads as well in cp1250")
def test_czech_without_a_byte_that_tells():
    assert decode(TEXTS["cs"].encode("iso8859_2"), "x")[0] == TEXTS["cs"]


written = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\r\n\t")
).filter(lambda text: text.strip() and not text.startswith("\ufeff"))


@given(written, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_comes_back_as_written(text, codec):
    if codec == "utf-8" and text.isascii() and "\x1b" in text:
        return
    assert decode(text.encode(codec), "x")[0] == text


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_without_a_mark(language, codec):
    text = TEXTS[language] + "\n"  # by the NUL of a space or a line end it is known
    assert decode(text.encode(codec), "x")[0] == text


@given(st.permutations(TEXTS["pt"].split()))
@settings(deadline=None, max_examples=25)
def test_western_words_in_any_order(words):
    text = " ".join(words)
    assert decode(text.encode("cp1252"), "x")[0] == text


def test_tones_of_vietnamese():
    tones = (
        "Các bên đa\u0303 ga\u0323\u0306p nhau va\u0300o thư\u0301 Sáu va\u0300 đô\u0300ng y\u0301."
    )
    tones = tones.replace("\u0323\u0306", "\u0323")
    assert decode(tones.encode("cp1258"), "x")[0] == tones


def test_line_ends_are_kept():
    assert decode(b"one\r\ntwo\rthree\n\n", "x")[0] == "one\r\ntwo\rthree\n\n"


def test_mark_in_the_middle_is_text():
    assert decode("a\ufeffb".encode(), "x")[0] == "a\ufeffb"


def test_declared_encoding_decides():
    data = "Стороны".encode("iso8859_5")
    assert decode(data, "x", declared="ISO-8859-5") == ("Стороны", "iso8859-5")


def test_declared_latin1_means_windows():
    assert decode("“yes” é".encode("cp1252"), "x", declared="iso-8859-1")[0] == "“yes” é"


@pytest.mark.parametrize("declared", ["rot13", "utf-7", "unicode_escape", "hex", "no such", "\0"])
def test_declared_nonsense_is_passed_over(declared):
    assert decode(TEXTS["pt"].encode("cp1252"), "x", declared=declared)[0] == TEXTS["pt"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"text \0 text", "binary"),
        (b"\x01\x02\x03 text", "binary"),
        (b"\0\0\0\0", "binary"),
        (TEXTS["pt"].encode()[:-20] + b"\xc3 fim", "broken UTF-8 at byte"),
        (TEXTS["ru"].encode()[:41] + b" " + TEXTS["ru"].encode()[42:], "broken UTF-8"),
        (TEXTS["zh"].encode()[:-2], "broken UTF-8"),
        ("Sí".encode() + b" \xe9 ", "broken UTF-8 at byte 4"),
        (b"\xff\xfea", "broken UTF-16-LE"),
        (b"\xff\xfe\x00\xd8a\x00", "broken UTF-16-LE"),
        ("Стороны".encode("iso8859_5"), "no encoding that can be told"),
        (b"\xef\xbb\xbf  \n", "empty"),
        ("\u2003\n".encode("utf-16"), "empty"),
    ],
)
def test_refused(data, cause):
    with pytest.raises(SourceError) as refused:
        decode(data, "a.txt")
    assert cause in refused.value.cause
    assert refused.value.place == "a.txt"
    assert refused.value.step


@pytest.mark.parametrize("size", [60, 600, 6000])
def test_noise_is_no_text(size):
    noise = random.Random(size)  # noqa: S311 -- noise, the same each time
    with pytest.raises(SourceError):
        decode(bytes(noise.randrange(32, 256) for _ in range(size)), "x")


@given(st.binary(min_size=1, max_size=300))
@settings(deadline=None, max_examples=100)
def test_any_bytes_give_text_that_can_be_stored_or_an_error(data):
    try:
        text, codec = decode(data, "x")
    except SourceError:
        return
    assert "\0" not in text
    text.encode("utf-8")
    assert data.decode(codec).endswith(text)


@given(st.binary(max_size=100))
def test_head_never_fails(data):
    head_text(data)


def test_codecs_are_known():
    for codec in CODECS:
        "a".encode(codec)
