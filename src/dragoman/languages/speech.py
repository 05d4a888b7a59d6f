"""The form of `speech.yaml`: how a language reports speech. Phrases are those of `lexicon`."""

from __future__ import annotations

from dragoman.types import Force, Value


class Cues(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that report speech, belief or will with one force.

    By dictionary form, as the parser gives it (one that ends in `*` is the beginning of a form,
    for languages whose lemmas are hard to guess), and by what holds the content: `clause`
    (`said that ...`, a quotation), `infinitive` (`vowed to ...`, `urged them to ...`), `object`
    (`denied the charge`) or `about` (`call for`: the word and the preposition of its object).
    `named` are nouns with a possessor and a clause or infinitive (`their claim that ...`); with a
    preposition, also with a topic (`call for`: `their call for a truce`).

    By phrase, for forms that a lemma does not tell apart: `verbs` take a clause or a quotation;
    `telling` are verbs whose object is the hearer; `calling` take what is wanted; `nouns` stand
    before what was said.
    """

    force: Force
    clause: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    calling: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class Channel(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something was said: the channel's name, and phrases that tell it, preposition too."""

    name: str
    phrases: tuple[str, ...]


class SpeechFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reported speech in one language.

    `according` introduces a source (`according to`); `according_after` follows it (`göre`);
    `according_first` introduces one at the beginning of a sentence alone (`para el sindicato,`).
    `inside` are prepositions of a body that tells something by a verb without a subject
    (`сообщили в министерстве`).
    `asides` are words that make a clause of speech an aside (`as she said`). `bare` are verbs, by
    dictionary form, behind which nothing but what was said can stand (`say`). `predicative` are
    prepositions that go on with what is said of an object (`as`, `for`). `sources` are nouns for
    one who may tell something without being named, alone or in the plural. `hearers` are nouns
    for those who are told (`reporters`). `interviews` come before the name of an outlet that is
    the channel. `adverbs` may stand between a subject and its verb. `dropped` says that a verb
    may go without its subject.
    """

    cues: tuple[Cues, ...] = ()
    according: tuple[str, ...] = ()
    according_after: tuple[str, ...] = ()
    according_first: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    predicative: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    hearers: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    interviews: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    dropped: bool = False
