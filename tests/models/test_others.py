import sys
from types import ModuleType, SimpleNamespace

import pytest

from dragoman.config import load
from dragoman.errors import ModelError
from dragoman.models import ROOT, can_parse, others, parse


@pytest.fixture(autouse=True)
def _afresh():
    others.pipeline.cache_clear()
    yield
    others.pipeline.cache_clear()


def _token(i, text, idx, head, dep, *, space=False):
    token = SimpleNamespace(
        i=i, text=text, idx=idx, dep_=dep, pos_="X", lemma_=text.lower(), is_space=space
    )
    token.morph = SimpleNamespace(to_dict=lambda: {"Number": "Sing"})
    token.head = head
    return token


class _Sentence(list):
    label_ = "PER"


def _spacy(labels):
    verb = _token(1, "sprach", 4, None, "ROOT")
    verb.head = verb
    subject = _token(0, "Ada", 0, verb, "nsubj")
    space = _token(2, "\n", 10, verb, "dep", space=True)
    mark = _token(3, ".", 11, verb, "punct")

    class Doc(list):
        sents = (_Sentence([subject, verb, space, mark]),)
        ents = (_Sentence([subject]),)

    class Pipeline:
        def __call__(self, _text):
            return Doc([subject, verb, space, mark])

        def has_pipe(self, name):
            return name == "parser"

        def get_pipe(self, _name):
            return SimpleNamespace(labels=labels)

    module = ModuleType("spacy")

    def load(name):
        if name != "there":
            raise OSError(name)
        return Pipeline()

    module.load = load
    return module


def test_a_spacy_pipeline_takes_a_language_over(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", _spacy(("nsubj", "punct")))
    named = {"it": "spacy:there"}
    assert can_parse("it", named)
    syntax = parse("Ada sprach\n.", "it", named)
    assert syntax.heads == [1, ROOT, 1]
    assert syntax.relations == ["nsubj", "root", "punct"]
    assert syntax.sentences == [(0, 3)]
    assert [tuple(name) for name in syntax.names] == [(0, 1, "PER")]


@pytest.mark.parametrize(
    ("labels", "name", "cause"),
    [
        (("nsubj", "pobj"), "spacy:there", "Universal Dependencies"),
        (("nsubj",), "spacy:elsewhere", "no pipeline of that name"),
        (("nsubj",), "udpipe:there", "no such kind of pipeline"),
        (("nsubj",), "spacy", "no such kind of pipeline"),
    ],
)
def test_a_pipeline_that_will_not_do_is_refused(monkeypatch, labels, name, cause):
    monkeypatch.setitem(sys.modules, "spacy", _spacy(labels))
    with pytest.raises(ModelError, match=cause):
        parse("Ada.", "it", {"it": name})


def test_a_package_that_is_not_installed_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(ModelError, match="stanza is not installed"):
        parse("Ada.", "it", {"it": "stanza:it"})


def test_a_stanza_pipeline_gives_its_multiword_tokens_as_one_word(monkeypatch):
    def word(number, head, deprel, upos="X", feats=None):
        return SimpleNamespace(
            id=number, head=head, deprel=deprel, upos=upos, feats=feats, lemma=f"l{number}"
        )

    words = [word(1, 4, "case", "ADP"), word(2, 4, "det"), word(4, 0, "root", feats="Number=Sing")]
    tokens = [
        SimpleNamespace(words=words[:2], start_char=0, end_char=3, text="del", ner="O"),
        SimpleNamespace(words=words[2:], start_char=4, end_char=8, text="Nilo", ner="S-LOC"),
    ]
    module = ModuleType("stanza")
    module.Pipeline = lambda *_, **__: (
        lambda _text: SimpleNamespace(sentences=[SimpleNamespace(tokens=tokens)])
    )
    monkeypatch.setitem(sys.modules, "stanza", module)
    syntax = parse("del Nilo", "it", {"it": "stanza:it"})
    assert syntax.tags == ["ADP", "X"]
    assert syntax.heads == [1, ROOT]
    assert syntax.features[1] == {"Number": "Sing"}
    assert [tuple(name) for name in syntax.names] == [(1, 2, "LOC")]


def test_pipelines_are_named_in_the_file_or_the_environment(tmp_path):
    path = tmp_path / "dragoman.toml"
    path.write_text('[parsers]\nde = "spacy:there"\n', "utf-8")
    assert load(path).parsers == {"de": "spacy:there"}
    given = {"DRAGOMAN_PARSERS": "de=spacy:there,it=stanza:it"}
    assert load(path, given).parsers == {"de": "spacy:there", "it": "stanza:it"}
