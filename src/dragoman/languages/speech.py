"""The form of `speech.yaml`: how a language reports speech. Phrases are those of `lexicon`."""

from __future__ import annotations

from dragoman.types import Force, Value


class Cues(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that report speech with one force.

    `verbs` take a clause or a quotation; `telling` are verbs whose object is the hearer; `nouns`
    (`claim that`) are followed by what was said; `calling` are verbs (`called for`) followed by
    what is wanted, not by a clause.
    """

    force: Force
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

    `according` introduces a source (`according to`). `sources` are nouns for one who may tell
    something without being named, alone or in the plural. `hearers` are nouns for those who are
    told (`reporters`). `interviews` come before the name of an outlet that is the channel.
    `adverbs` may stand between a subject and its verb.
    """

    cues: tuple[Cues, ...] = ()
    according: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    hearers: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    interviews: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
