import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.errors import ModelError
from dragoman.languages import available
from dragoman.models import ROOT, can_parse, languages, parse, parser

# Who speaks, with which verb, and the verb or noun of what is said.
SAYINGS = [
    (
        "en",
        "The union's chief negotiator said the port would reopen on Monday.",
        "said",
        "negotiator",
        "reopen",
    ),
    (
        "en",
        "“We will not sign,” warned the minister after the meeting.",
        "warned",
        "minister",
        "sign",
    ),
    (
        "el",
        "«Δεν θα υποχωρήσουμε», τόνισε ο πρόεδρος του σωματείου.",
        "τόνισε",
        "πρόεδρος",
        "υποχωρήσουμε",
    ),
    (
        "pt",
        "O ministro afirmou que o acordo será assinado em maio.",
        "afirmou",
        "ministro",
        "assinado",
    ),
    ("pt", "“Não vamos ceder”, disse a presidente do sindicato.", "disse", "presidente", "ceder"),
    ("es", "La ministra aseguró que la tregua sigue en pie.", "aseguró", "ministra", "sigue"),
    (
        "fr",
        "Le porte-parole a déclaré que la trêve tiendrait.",
        "déclaré",
        "porte-parole",
        "tiendrait",
    ),
    (
        "de",
        "Die Ministerin sagte, dass der Vertrag unterschrieben wird.",
        "sagte",
        "Ministerin",
        "unterschrieben",
    ),
    (
        "ru",
        "Министр заявил, что переговоры продолжатся в Женеве.",
        "заявил",
        "Министр",
        "продолжатся",
    ),
    (
        "uk",
        "Міністр заявив, що переговори триватимуть у Женеві.",
        "заявив",
        "Міністр",
        "триватимуть",
    ),
    (
        "el",
        "Η υπουργός είπε ότι οι συνομιλίες θα συνεχιστούν στη Γενεύη.",
        "είπε",
        "υπουργός",
        "συνεχιστούν",
    ),
    ("tr", "Bakan, görüşmelerin yarın süreceğini söyledi.", "söyledi", "Bakan", "süreceğini"),
]


@pytest.mark.parametrize(("language", "text", "verb", "subject", "said"), SAYINGS)
def test_a_verb_of_speech_has_its_subject_and_what_was_said(language, text, verb, subject, said):
    syntax = parse(text, language)
    forms = [text[s:e] for s, e in zip(syntax.starts, syntax.ends, strict=True)]
    at = forms.index(verb)
    assert syntax.heads[forms.index(subject)] == at
    assert syntax.relations[forms.index(subject)] == "nsubj"
    content = forms.index(said)
    # A quotation before its verb governs it (parataxis); all else hangs on it.
    assert syntax.heads[content] == at or syntax.heads[at] == content


def test_every_language_with_a_pack_has_a_parser():
    assert set(available()) <= languages()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(languages())))
def test_any_text_gives_whole_trees(text, language):
    syntax = parse(text, language)
    size = len(syntax)
    parts = ("ends", "tags", "features", "lemmas", "heads", "relations")
    assert all(len(getattr(syntax, part)) == size for part in parts)
    assert [w for a, b in syntax.sentences for w in range(a, b)] == list(range(size))
    for first, last in syntax.sentences:
        roots = [w for w in range(first, last) if syntax.heads[w] == ROOT]
        assert len(roots) == 1
        assert sorted(syntax.subtree(roots[0])) == list(range(first, last))
        assert "\n" not in text[syntax.starts[first] : syntax.ends[last - 1]]
    assert all(0 <= n.first < n.last <= size for n in syntax.names)


def test_a_text_is_parsed_alike_whatever_stands_in_other_paragraphs():
    alone = parse("The talks ended.", "en")
    beside = parse("The talks ended.\nNobody spoke of a truce, the mediator said on Friday.", "en")
    assert beside.heads[: len(alone)] == alone.heads
    assert beside.lemmas[: len(alone)] == alone.lemmas


# Headlines, quotations in quotations, abbreviations, stops without a space: `|` parts sentences.
SENTENCES = [
    ("en", "The port reopens Monday.|Both sides confirmed it."),
    (
        "en",
        "“He told us ‘wait until May’ and left,” the envoy said. |Talks resume at 9 a.m. today.",
    ),
    ("en", "Gov. Ann Reyes met Col. Ito in St. Pierre on Jan. 5. |No deal was signed."),
    ("en", "DOCKERS REJECT 3% OFFER\n|The vote was 412 to 95."),
    ("en", "Talks Collapse As Minister Walks Out Of Climate Summit\n|Nobody signed."),
    ("en", "Who signed?|The mediator did!|Nobody else came."),
    ("pt", "O Sr. Dias e a Dra. Lopes reuniram-se às 9h.|O acordo ficou adiado."),
    ("pt", "“Ele disse: ‘não assino’, e saiu”, contou a mediadora. |A greve continua."),
    ("pt", "SINDICATO RECUSA PROPOSTA\n|A votação terminou às 18h30."),
    ("es", "El Sr. Gil dijo: «Nos pidió “esperar” y esperamos». |¿Firmarán hoy?|Nadie lo sabe."),
    ("es", "La Sra. Paz llegó a las 9.30 h. |EE. UU. no envió a nadie."),
    ("es", "RECHAZAN LA OFERTA\n|El voto fue de 412 contra 95."),
    ("fr", "M. Roux et Mme Petit ont signé.|La grève prend fin lundi."),
    ("fr", "« Il a dit “jamais”, puis il est parti », raconte la médiatrice. |Qui a signé ?"),
    ("fr", "LES DOCKERS DISENT NON\n|Le vote a eu lieu à 9h30."),
    ("de", "Dr. Weber traf am 5. Mai Frau Prof. Adler.|Die Gespräche dauern an."),
    ("de", "„Er sagte ‚nein‘ und ging“, berichtete die Vermittlerin. |Z. B. fehlt ein Termin."),
    ("de", "HAFENARBEITER LEHNEN AB\n|Die Abstimmung endete 412 zu 95."),
    ("ru", "Министр сказал: «Нам ответили „нет“ и ушли». |Встреча пройдёт 5 мая в г. Орске."),
    ("ru", "Переговоры прерваны.|Стороны встретятся в понедельник."),
    ("ru", "А. Б. Иванов прибыл в 9 ч. утра. |Забастовка продолжается."),
    ("uk", "Міністр сказав: «Нам відповіли “ні” й пішли». |Зустріч відбудеться в м. Суми."),
    ("uk", "Переговори перервано.|Сторони зустрінуться в понеділок."),
    ("tr", "Dr. Kaya, “Bize ‘bekleyin’ dendi” dedi.|Görüşmeler sürüyor."),
    ("tr", "LİMAN İŞÇİLERİ TEKLİFİ REDDETTİ\n|Oylama saat 18.30'da bitti."),
    ("el", "Ο κ. Νίκου είπε: «Μας είπαν “όχι” και έφυγαν». |Πότε θα υπογράψουν;|Κανείς δεν ξέρει."),
    ("el", "Οι συνομιλίες διακόπηκαν.|Οι πλευρές συναντώνται τη Δευτέρα."),
    ("el", "ΟΙ ΛΙΜΕΝΕΡΓΑΤΕΣ ΛΕΝΕ ΟΧΙ\n|Η ψηφοφορία έληξε στις 18.30."),
]


@pytest.mark.parametrize(("language", "marked"), SENTENCES)
def test_sentences_end_where_a_reader_ends_them(language, marked):
    text = marked.replace("|", "")
    syntax = parse(text, language)
    found = [text[syntax.starts[a] : syntax.ends[b - 1]] for a, b in syntax.sentences]
    assert found == [part.strip() for part in marked.split("|")]


# All capitals, number words in a row, no spaces, signs alone: longer than is parsed at once.
ODD = [
    "THE TALKS RESUME ON MONDAY. ",
    "twenty thousand million three ",
    "word.Word.",
    "“‘«„ ",
    "a\n",
]


@pytest.mark.parametrize("part", ODD)
def test_long_texts_of_odd_shape_are_parsed_whole(part, monkeypatch):
    monkeypatch.setattr(parser, "_AT_ONCE", 500)
    text = part * (6_000 // len(part))
    syntax = parse(text, "en")
    assert [w for a, b in syntax.sentences for w in range(a, b)] == list(range(len(syntax)))
    assert len(syntax.heads) == len(syntax.lemmas) == len(syntax.features) == len(syntax)
    for first, last in syntax.sentences:
        heads = syntax.heads[first:last]
        assert heads.count(ROOT) == 1
        assert all(head == ROOT or first <= head < last for head in heads)


def test_what_is_parsed_at_once_does_not_change_what_is_found(monkeypatch):
    text = "The mediator said Ada Reyes would sign.\nNobody in Geneva spoke of a truce.\n" * 3
    whole = parse(text, "en")
    monkeypatch.setattr(parser, "_AT_ONCE", 5)
    assert parse(text, "en") == whole


def test_damaged_weights_are_refused(tmp_path, monkeypatch):
    damaged = tmp_path / "parser.npz"
    damaged.write_bytes(parser.WEIGHTS.read_bytes()[:-1])
    monkeypatch.setattr(parser, "WEIGHTS", damaged)
    with pytest.raises(ModelError, match="not those released"):
        parser.own_parser.__wrapped__()


def test_missing_weights_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(parser, "WEIGHTS", tmp_path / "none.npz")
    with pytest.raises(ModelError, match="can't be read; install Dragoman again"):
        parser.own_parser.__wrapped__()


def test_a_language_without_a_parser_is_read_by_rules_and_says_so():
    text = "Il ministro ha detto che i colloqui riprenderanno lunedì a Ginevra dopo la pausa."
    assert not can_parse("it")
    annotation = annotate(Received(source="a", text=text, language="it"))
    assert "parser.none" in {reason.rule for reason in annotation.reasons}
