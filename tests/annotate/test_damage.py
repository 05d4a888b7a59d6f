import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.damage import find_repairs

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
]
CLEAN = [
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
    for code in ("en", "pt", None):
        for repair in find_repairs(text, code):
            assert 0 <= repair.start < repair.end <= len(text)
