"""The adapter on a real spaCy pipeline, trained here on a few sentences; skipped without spaCy."""

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.models import ROOT, others, parse

spacy = pytest.importorskip("spacy", reason="spaCy is a peer, no dependency")

# Italian has no parser of the project's own. Words, parts of speech, heads, relations, names.
SENTENCES = [
    (
        "Il ministro ha detto che la tregua regge .",
        "DET NOUN AUX VERB SCONJ DET NOUN VERB PUNCT",
        [1, 3, 3, 3, 7, 6, 7, 3, 3],
        "det nsubj aux ROOT mark det nsubj ccomp punct",
    ),
    (
        "La ministra ha detto che il porto riapre .",
        "DET NOUN AUX VERB SCONJ DET NOUN VERB PUNCT",
        [1, 3, 3, 3, 7, 6, 7, 3, 3],
        "det nsubj aux ROOT mark det nsubj ccomp punct",
    ),
    (
        "Rossi firma il patto a Torino .",
        "PROPN VERB DET NOUN ADP PROPN PUNCT",
        [1, 1, 3, 1, 5, 1, 1],
        "nsubj ROOT det obj case obl punct",
    ),
    (
        "Bianchi firma il patto a Torino .",
        "PROPN VERB DET NOUN ADP PROPN PUNCT",
        [1, 1, 3, 1, 5, 1, 1],
        "nsubj ROOT det obj case obl punct",
    ),
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Where a small Italian pipeline lies: parts of speech, syntax, names."""
    from spacy.tokens import Doc
    from spacy.training import Example

    spacy.util.fix_random_seed(0)
    pipeline = spacy.blank("it")
    pipeline.add_pipe("morphologizer")
    pipeline.add_pipe("parser", config={"min_action_freq": 1})
    ruler = pipeline.add_pipe("entity_ruler")
    examples = []
    for text, tags, heads, relations in SENTENCES:
        words = text.split()
        gold = Doc(
            pipeline.vocab,
            words=words,
            pos=tags.split(),
            heads=heads,
            deps=relations.split(),
            lemmas=words,
        )
        examples.append(Example(Doc(pipeline.vocab, words=words), gold))
    optimizer = pipeline.initialize(lambda: examples)
    ruler.add_patterns(
        [{"label": "GPE", "pattern": "Torino"}, {"label": "PER", "pattern": "Rossi"}]
    )
    with pipeline.select_pipes(disable=["entity_ruler"]):
        for _ in range(60):
            pipeline.update(examples, sgd=optimizer)
    path = tmp_path_factory.mktemp("spacy") / "italian"
    pipeline.to_disk(path)
    others.pipeline.cache_clear()
    yield f"spacy:{path}"
    others.pipeline.cache_clear()


def test_a_trained_pipeline_gives_whole_plain_syntax(trained):
    text = "Il ministro ha detto che la tregua regge.\n\nRossi firma il patto a Torino."
    syntax = parse(text, "it", {"it": trained})
    forms = [text[start:end] for start, end in zip(syntax.starts, syntax.ends, strict=True)]
    assert forms == text.replace(".", " .").split()
    assert syntax.heads[:9] == [1, 3, 3, ROOT, 7, 6, 7, 3, 3]
    assert syntax.relations[3] == "root"
    assert syntax.relations[7] == "ccomp"
    assert [tuple(name) for name in syntax.names] == [(9, 10, "PER"), (14, 15, "LOC")]
    for first, last in syntax.sentences:
        roots = [word for word in range(first, last) if syntax.heads[word] == ROOT]
        assert len(roots) == 1
        assert sorted(syntax.subtree(roots[0])) == list(range(first, last))
    assert all(type(value) is str for value in (*syntax.tags, *syntax.relations))
    assert all(type(value) is int for value in (*syntax.heads, *syntax.starts))


def test_a_report_is_read_with_it_and_does_not_say_that_there_is_no_parser(trained):
    text = "Il ministro ha detto che la tregua regge.\n"
    received = Received(source="a", text=text, language="it")
    alone, helped = annotate(received), annotate(received, parsers={"it": trained})
    rules = {reason.rule for reason in helped.reasons}
    assert "parser.none" in {reason.rule for reason in alone.reasons}
    assert "parser.none" not in rules


def test_a_pipeline_of_the_older_english_scheme_is_refused(tmp_path):
    pipeline = spacy.blank("en")
    parser = pipeline.add_pipe("parser")
    for label in ("nsubj", "dobj", "pobj"):
        parser.add_label(label)
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "old")
    with pytest.raises(others.ModelError, match="Universal Dependencies"):
        parse("Ada.", "en", {"en": f"spacy:{tmp_path / 'old'}"})
