import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate import annotate
from dragoman.annotate.damage import find_damage, find_repairs, score_damage
from dragoman.claims import Received

DAMAGED = [
    ("en", "The envoys sat down on Could 7 without a word.", "Could 7", "May 7", "spin"),
    ("en", "Talks of Could 7–8 went badly.", "Could 7–8", "May 7–8", "spin"),
    ("en", "The truce of Could 3, 2031 held.", "Could 3", "May 3", "spin"),
    ("en", "Protection Minister Oto Marr left.", "Protection Minister", "Defense Minister", "spin"),
    ("en", "Arven's Safety Service (ASB) denied it.", "Safety Service", "Security Service", "spin"),
    ("en", "Norway's overseas minister spoke.", "overseas minister", "foreign minister", "spin"),
    (
        "en",
        "Arvenia held on. Then Arvenian Overseas Minister Ina Vell spoke.",
        "Overseas Minister",
        "Foreign Minister",
        "spin",
    ),
    (
        "en",
        "They swap prisoners of battle (POWs) today.",
        "prisoners of battle",
        "prisoners of war",
        "spin",
    ),
    ("en", "A cellphone name between the two is due.", "cellphone name", "phone call", "spin"),
    ("en", "A source told the Kyiv Unbiased so.", "Kyiv Unbiased", "Kyiv Independent", "spin"),
    ("en", "He wrote on Fact Social that it is over.", "Fact Social", "Truth Social", "spin"),
    ("en", "The Monetary Occasions saw a draft.", "Monetary Occasions", "Financial Times", "spin"),
    ("en", "The Related Press saw a draft.", "Related Press", "Associated Press", "spin"),
    ("en", "The Day by day Mail saw a draft.", "Day by day Mail", "Daily Mail", "spin"),
    ("en", "Peace in the Center East is far.", "Center East", "Middle East", "spin"),
    (
        "en",
        "In 2031 they met in Constantinople again.",
        "Constantinople",
        "Istanbul",
        "translation",
    ),
    (
        "pt",
        "O ministro falou com a agência de formação alemã (DPA) no porto.",
        "agência de formação alemã",
        "Deutsche Presse-Agentur",
        "translation",
    ),
    (
        "pt",
        "A reunião em Constantinopla em 2031 foi curta.",
        "Constantinopla",
        "Istambul",
        "translation",
    ),
    ("pt", "A reunião de 15 de Pode de 2031 foi curta.", "15 de Pode", "15 de maio", "translation"),
    ("es", "La reunión del 15 de Puede de 2031.", "15 de Puede", "15 de mayo", "translation"),
    ("en", "The villa of CafÃ© Royal.", "CafÃ©", "Café", "encoding"),
    ("en", "It isnâ€™t over.", "isnâ€™t", "isn’t", "encoding"),
    ("en", "No end â€” nobody knew.", "â€”", "—", "encoding"),
    (None, "SÃ£o TomÃ© asked for help.", "SÃ£o", "São", "encoding"),
    ("en", "It isnÃ¢â‚¬â„¢t over.", "isnÃ¢â‚¬â„¢t", "isn’t", "encoding"),
    ("en", "They said it&#8217;s over.", "&#8217;", "’", "encoding"),
    ("en", "The nego\xadtiators rose.", "nego\xadtiators", "negotiators", "encoding"),
    ("en", "The delegаtion rose.", "delegаtion", "delegation", "encoding"),
    ("ru", "Он сказал: РјРёСЂ близко.", "РјРёСЂ", "мир", "encoding"),
    ("el", "Η Ξ±Ξ½Ξ±ΞΊΟ‰Ο‡Ξ® κρατά.", "Ξ±Ξ½Ξ±ΞΊΟ‰Ο‡Ξ®", "ανακωχή", "encoding"),
    ("tr", "Dýþiþleri Bakaný Ýzmir'e gitti, dedi sözcü.", "Dýþiþleri", "Dışişleri", "encoding"),
    ("en", "The ceasefire agremeent holds.", "agremeent", "agreement", "spelling"),
    ("en", "Both governmments agreed.", "governmments", "governments", "spelling"),
    ("es", "El gobeirno rechazó el texto.", "gobeirno", "gobierno", "spelling"),
    ("ru", "Встреча 7 Может 2031 года прошла.", "7 Может", "7 мая", "translation"),
    ("uk", "Зустріч 7 Може 2031 року пройшла.", "7 Може", "7 травня", "translation"),
    ("tr", "Toplantı 7 Olabilir 2031 günü yapıldı.", "7 Olabilir", "7 Mayıs", "translation"),
    ("el", "Η συνάντηση στις 7 Μπορεί 2031 απέτυχε.", "7 Μπορεί", "7 Μαΐου", "translation"),
    ("ru", "Министр защиты Иван Крылов ушёл.", "Министр защиты", "Министр обороны", "translation"),
    (
        "uk",
        "Міністр захисту Іван Криль пішов.",
        "Міністр захисту",
        "Міністр оборони",
        "translation",
    ),
    ("tr", "Koruma Bakanı Ali Kurt istifa etti.", "Koruma Bakanı", "Savunma Bakanı", "translation"),
    (
        "el",
        "Ο υπουργός Προστασίας Ηλίας Βέργος έφυγε.",
        "υπουργός Προστασίας",
        "υπουργός Άμυνας",
        "translation",
    ),
    (
        "fr",
        "Le ministre de la Protection Luc Vernet est parti.",
        "ministre de la Protection",
        "ministre de la Défense",
        "translation",
    ),
    (
        "de",
        "Er sagte den Finanziellen Zeiten, der Streik gehe weiter.",
        "Finanziellen Zeiten",
        "Financial Times",
        "translation",
    ),
]
MARKED = [
    ("de", "Der Schirmminister von Arven reiste ab.", "Schirmminister"),
    ("de", "Die Brückenministerin reiste ab.", "Brückenministerin"),
    ("en", "The crews meet again on Lovely 9, in Oslo.", "Lovely 9"),
    ("en", "The envoy waited for the White Barn to answer.", "the White Barn"),
    ("es", "Lo escribió en Mentira Social.", "en Mentira"),
    ("en", "Norway's Hedge Minister spoke.", "Hedge Minister"),
    ("en", "They met on Lantern 12, 2031 in the port.", "Lantern 12"),
    ("en", "The prisoners of quarrel were freed.", "prisoners of quarrel"),
    ("en", "He sees Iris in Brasí�ia and walks on.", "Brasí�ia"),
    ("es", "La reunión del 7 de Quizá de 2031 fue breve.", "7 de Quizá"),
    ("fr", "Le cessez-le-bruit tient.", "cessez-le-bruit"),
    ("ru", "Министерство обиды молчит.", "Министерство обиды"),
]
CLEAN = [
    ("de", "Die Verkehrsinfrastrukturministerin und der Premierminister sprachen."),
    ("de", "Der Fachminister reiste ab, das Kultusministerium schwieg."),
    ("en", "Crews met on Highway 9, in Room 12, on Day 3, and before Game 5."),
    ("en", "The White Helmets and the White Sea fleet were named."),
    ("en", "Could 19 countries agree on one text?"),
    ("en", "Might 20 soldiers hold the bridge? Nobody knew."),
    ("en", "The question is: Could 19 countries agree?"),
    ("en", "She is the Protection Minister of Animals in a play."),
    ("en", "Environmental Protection Minister Ina Vell opened the park."),
    ("en", "Consumer Protection Minister Ina Vell opened the fair."),
    ("en", "The child protection minister spoke."),
    ("en", "French Overseas Minister Oto Marr flew to the island."),
    ("en", "The National Safety Council counts road deaths."),
    ("en", "The food safety service of the town closed the inn."),
    ("en", "An unbiased account from Kyiv. It was independent."),
    ("en", "It is a fact. Social peace matters."),
    ("en", "Related press coverage was thin."),
    ("en", "They were prisoners of battle and of fear."),
    ("en", "In 1453 Constantinople fell. In 2031 a book about it appeared."),
    ("en", "The Ecumenical Patriarch of Constantinople called for peace in 2031."),
    ("en", "The walls of Constantinople were strong."),
    ("en", "He told the French news agency (AFP) so."),
    ("pt", "Disse à agência francesa de notícias (AFP) que não."),
    ("pt", "Disse à agência de notícias francesa (AFP) que não."),
    ("pt", "O ministro pode 15 vezes dizer que não."),
    ("pt", "Em 15 de maio ele pode voltar."),
    ("es", "El 15 puede ser un buen día."),
    ("fr", "Le 16 peut être un bon jour, dit-il. LIBERTÉ» fut le dernier mot."),
    ("de", "Am 15. kann der Minister reisen."),
    ("pt", "“IRMÔ foi a palavra. A ação não é vã."),
    ("en", "A 30 -day truce, a U -shaped table and a cessar -fogo are left as they are."),
    ("en", "“Naïve” café talk — it’s £5 or €6 …"),
    ("en", "Johnson & Sons; R&D; AT&T."),
    ("en", "They prescribed medication; mediation failed. The provinces reported, we resorted."),
    ("en", "The Labour Minister and the Minister of Magic met in Room 12, 2nd floor."),
    ("ru", "Он может 5 раз сказать нет. Министр защиты ждал."),
    ("uk", "Міністр охорони здоров'я пішов. Він може 5 разів повторити."),
    ("tr", "Beş gün sonra 7 kişi gelebilir. İzmir'de ışık söndü."),
    ("el", "Ο υπουργός Προστασίας του Πολίτη μίλησε. Μπορεί 7 μέρες να περιμένει."),
    ("de", "Der Umweltminister kann 5 Tage warten. Das Weißbuch erschien im Mai 2031."),
]


@pytest.mark.parametrize(("code", "text", "garbled", "restored", "kind"), DAMAGED)
def test_damage_is_repaired_with_a_witness(code, text, garbled, restored, kind):
    first, *_ = find_repairs(text, code)
    assert text[first.start : first.end] == garbled
    assert (first.restored, first.kind) == (restored, kind)
    assert first.reason.why


@pytest.mark.parametrize(("code", "text"), CLEAN)
def test_clean_text_is_left_alone(code, text):
    assert find_repairs(text, code) == []


@pytest.mark.parametrize(("code", "text", "garbled"), MARKED)
def test_damage_without_a_witness_is_only_marked(code, text, garbled):
    (mark,) = find_damage(text, code)
    assert text[mark.start : mark.end] == garbled
    assert (mark.grounding, mark.restored) == ("none", "")
    assert find_repairs(text, code) == []


def test_a_mark_is_kept_but_never_read_or_cited():
    text = "Norway's Hedge Minister spoke on Friday in Oslo. The talks go on."
    annotation = annotate(Received(source="x", text=text, language="en"))
    (mark,) = annotation.repairs
    assert (mark.garbled, mark.restored) == ("Hedge Minister", "")
    assert not mark.evidence[0].citable


def test_a_score_tells_how_damaged_a_report_is_and_why():
    sound = "The envoys met on May 7 in Oslo. They talked about the price of grain for hours."
    spun = sound.replace("May 7", "Could 7") + " A source told the Monetary Occasions so."
    scores = [score_damage(text, "en", find_damage(text, "en")) for text in (sound, spun)]
    assert scores[0][0] == 0.0
    assert 0.5 < scores[1][0] < 1.0
    assert scores[1][1].why == "in 100 words: 2 spin repaired"


def test_a_sure_date_is_the_witness_of_others():
    text = "Talks were held on Could 3. The party said Could 5 was too early."
    assert [repair.restored for repair in find_repairs(text, "en")] == ["May 3", "May 5"]


def test_boilerplate_is_not_repaired():
    text = "Follow the Related Press."
    assert find_repairs(text, "en", [(0, len(text), None)]) == []


@given(st.text(alphabet="aé ÃÂâ€™“”©®£Ð»Ñ\n.", max_size=30))
def test_encoding_repairs_go_back_exactly(text):
    done = 0
    for repair in find_repairs(text, None):
        assert repair.start >= done
        done = repair.end
        assert repair.restored != text[repair.start : repair.end]


@given(st.text(max_size=60))
def test_any_text_is_taken(text):
    for code in ("en", "pt", "ru", "tr", None):
        for repair in find_damage(text, code):
            assert 0 <= repair.start < repair.end <= len(text)
