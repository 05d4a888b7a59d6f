"""The words and shapes of time of a language pack, ready to be looked up in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.annotate.numerals import number_openers
from dragoman.claims import Bound, Tense
from dragoman.languages import load
from dragoman.languages.dates import DateRule, DatesFile
from dragoman.languages.grammar import GrammarFile
from dragoman.languages.lexicon import TOKEN, Lexicon, fold

# Slots that figures can fill.
FIGURED = frozenset(
    {
        "day",
        "year",
        "bare",
        "age",
        "decade",
        "tens",
        "yy",
        "nth",
        "date",
        "amount",
        "ord",
        "clock",
        "mm",
        "late",
        "wk",
    }
)


# The Roman numbers of centuries, folded.
ROMANS = {
    tens + ones: 10 * len(tens) + one
    for tens in ("", "x", "xx")
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if tens or ones
}
_SIGNS: dict[Bound, int] = {"after": 1, "before": -1}
_TENS = frozenset(range(20, 100, 10))


class Form(NamedTuple):
    """One shape of a rule; `order` is its place in the pack, the first of two alike is taken."""

    rule: DateRule
    order: int


class Step(NamedTuple):
    """A slot of a node: its name and kind, the node behind it, and what it can begin with."""

    slot: str
    kind: str
    after: Node
    openers: frozenset[str]
    figured: bool


class Node:
    """A place in the tree of all shapes: what may come next, and the shapes that end here.

    `slots` has the kind of each slot (`{day2}` is a `day`) and the place behind it. `steps` has
    the same, with the words that can open the slot and whether figures can.
    """

    __slots__ = ("ends", "slots", "steps", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.slots: dict[str, tuple[str, Node]] = {}
        self.ends: list[Form] = []
        self.steps: tuple[Step, ...] = ()


class TimeWords(NamedTuple):
    """A pack's words of time.

    `tens` are the words of twenty, thirty, ..., which with one of `ordinals` make an ordinal of two
    words, `tens_joins` what may stand between. `tree` holds all shapes; `lexicons` has one for each
    slot that is filled by words; `openers` are all words that a time can begin with, `slot_openers`
    those of each kind of slot. `at_root` has the slots at the root of the tree that a word can
    begin (slot, kind, what follows), and `figured` those that figures can. `counted` are names of
    what is counted: a number before one is no year. `skipped` may stand between a preposition and a
    time.
    """

    tree: Node
    lexicons: dict[str, Lexicon[int | str]]
    exact: dict[str, str]
    suffixes: Lexicon[bool]
    day_words: dict[str, int]
    amounts: dict[str, float]
    ordinals: dict[str, int]
    tens: dict[str, int]
    tens_joins: frozenset[str]
    leads: Lexicon[bool]
    bounds: Lexicon[Bound]
    steps: Lexicon[int]
    parts_of: Lexicon[bool]
    lists: frozenset[str]
    possessives: Lexicon[bool]
    not_times: Lexicon[bool]
    tenses: Lexicon[Tense]
    past_not: frozenset[str]
    bare: frozenset[str]
    counted: Lexicon[bool]
    halves_of_day: Lexicon[int]
    oclock: Lexicon[bool]
    clock_joins: Lexicon[bool]
    openers: frozenset[str]
    at_root: dict[str, tuple[tuple[str, str, Node], ...]]
    figured: tuple[tuple[str, str, Node], ...]
    seconds: dict[str, frozenset[str]]
    slot_openers: dict[str, frozenset[str]]
    skipped: frozenset[str]
    prepositions: frozenset[str]


def _cut(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(fold(text)))


class _Grown(NamedTuple):
    """A place that a form has come to; `loose` if its last word waits for what may follow it."""

    node: Node
    loose: bool


def _grow(grown: list[_Grown], word: str, *, bare: bool, last: bool) -> list[_Grown]:
    """The places after one word of a form."""
    optional = len(word) > 1 and word.endswith("?")
    core = word[:-1] if optional else word
    following: list[_Grown] = []
    for node, _ in grown:
        if core.startswith("{"):
            slot = core[1:-1]
            if bare and slot == "year":
                slot = "bare"
            kind = slot.rstrip("23")
            following.append(_Grown(node.slots.setdefault(slot, (kind, Node()))[1], loose=False))
            continue
        for phrase in core.split("|"):
            at = node
            for token in _cut(phrase):
                at = at.words.setdefault(token, Node())
            # "May of" is no time: an optional word counts only with what it leads to.
            following.append(_Grown(at, loose=optional and not last))
    return grown + following if optional else following


def _tree(dates: DatesFile) -> Node:
    root = Node()
    order = 0
    for rule in dates.rules:
        for text in rule.forms:
            order += 1
            words = text.split()
            slots = [word.strip("{?}").rstrip("2") for word in words if word.startswith("{")]
            # A year stands alone where nothing before it tells that it is one.
            alone = {"year", "yy"} | dates.fillers.keys()
            bare = words[0] == "{year}" and all(slot in alone for slot in slots)
            grown = [_Grown(root, loose=False)]
            for place, word in enumerate(words, 1):
                grown = _grow(grown, word, bare=bare, last=place == len(words))
            for node, loose in grown:
                if node is root or loose or any(form.rule is rule for form in node.ends):
                    continue
                node.ends.append(Form(rule, order))
    return root


def _flagged(phrases: Iterable[str]) -> Lexicon[bool]:
    return Lexicon([(phrase, True) for phrase in phrases])


def _openings(phrases: Iterable[str]) -> Iterator[str]:
    """The words that phrases can begin with: where none stands, none need be looked for."""
    for phrase in phrases:
        for word in phrase.split():
            optional = len(word) > 1 and word.endswith("?")
            for one in (word[:-1] if optional else word).split("|"):
                yield _cut(one)[0]
            if not optional:
                break


def _slot_phrases(dates: DatesFile) -> dict[str, list[tuple[str, int | str]]]:
    """The phrases of each slot that is filled by words, with their values."""

    def keyed(table: dict[int, tuple[str, ...]]) -> list[tuple[str, int | str]]:
        return [(name, number) for number, names in table.items() for name in names]

    full, short = keyed(dates.months), keyed(dates.months_short)
    compounds: list[tuple[str, int | str]] = [
        (f"{name.split('|')[0]}{link}{head}", number)
        for number, names in dates.weekdays.items()
        for name in names
        for head in dates.heads
        for link in ("s", "")
    ]
    found: dict[str, list[tuple[str, int | str]]] = {
        "month": full,
        "mon": full + short,
        "mon_short": short,
        "weekday": keyed(dates.weekdays) + compounds,
        "short": keyed(dates.weekdays_short),
        "tens": [(word, 1900 + int(value)) for word, value in keyed(dates.decades)],
    }
    tables: dict[str, dict[str, tuple[str, ...]]] = {
        "unit": {str(unit): names for unit, names in dates.units.items()},
        "units": {str(unit): names for unit, names in dates.plurals.items()},
        "part": dates.parts,
        "season": dates.seasons,
        "daypart": dates.dayparts,
        "holiday": dates.holidays,
    }
    for slot, table in tables.items():
        found[slot] = [(name, value) for value, names in table.items() for name in names]
    for name, phrases in dates.fillers.items():
        found[name] = [(phrase, "") for phrase in phrases]
    return found


def _slot_openers(
    code: str, slots: dict[str, list[tuple[str, int | str]]], dates: DatesFile, grammar: GrammarFile
) -> dict[str, frozenset[str]]:
    """The words that each kind of slot can begin with, beside figures."""
    found = {kind: set(_openings(phrase for phrase, _ in told)) for kind, told in slots.items()}
    found["day"] = {_cut(word)[0] for word in dates.day_words}
    found["ord"] = found["nth"] = {
        *(_cut(word)[0] for word in grammar.ordinals),
        *_tens(grammar),
    }
    found["spelled"] = set(number_openers(code))
    found["amount"] = {*number_openers(code), *(_cut(word)[0] for word in dates.amounts)}
    found["roman"] = {number + ending for number in ROMANS for ending in ("", "e", "er")}
    return {kind: frozenset(words) for kind, words in found.items()}


def _tens(grammar: GrammarFile) -> dict[str, int]:
    """The words of tens, cardinal or ordinal: the first of an ordinal in two words."""
    both = grammar.numbers | grammar.ordinals
    return {fold(word): value for word, value in both.items() if value in _TENS}


def _finish(node: Node, openers: dict[str, frozenset[str]]) -> None:
    """Set the steps of a node and of all behind it."""
    node.steps = tuple(
        Step(slot, kind, after, openers.get(kind, frozenset()), kind in FIGURED)
        for slot, (kind, after) in node.slots.items()
    )
    for after in (*node.words.values(), *(after for _, after in node.slots.values())):
        _finish(after, openers)


def _seconds(
    tree: Node, at_root: dict[str, list[tuple[str, str, Node]]], openers: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """What may follow the words that open shapes and are none: most ("the", "in") lead nowhere."""
    found = {}
    for word, node in tree.words.items():
        if word in at_root or node.ends or any(kind == "clock" for kind, _ in node.slots.values()):
            continue
        slots = (openers.get(kind, frozenset()) for kind, _ in node.slots.values())
        found[word] = frozenset(node.words).union(*slots)
    return found


@functools.cache
def time_words(code: str) -> TimeWords:
    """The words of time of a language; none where it has no pack."""
    pack = load(code)
    dates, grammar = pack.dates, pack.grammar
    slots = _slot_phrases(dates)
    tree = _tree(dates)
    slot_openers = _slot_openers(code, slots, dates, grammar)
    _finish(tree, slot_openers)
    at_root: dict[str, list[tuple[str, str, Node]]] = {}
    for slot, (kind, node) in tree.slots.items():
        for word in slot_openers.get(kind, ()):
            at_root.setdefault(word, []).append((slot, kind, node))
    tenses: list[tuple[str, Tense]] = [(cue, "future") for cue in dates.future]
    tenses += [(cue, "past") for cue in dates.past]
    tenses += [(cue, "unknown") for cue in dates.unsure]
    return TimeWords(
        tree=tree,
        lexicons={slot: Lexicon(phrases) for slot, phrases in slots.items()},
        exact={fold(word): word for word in dates.exact},
        suffixes=_flagged(dates.day_suffixes),
        day_words={fold(word): day for word, day in dates.day_words.items()},
        amounts={fold(word): amount for word, amount in dates.amounts.items()},
        ordinals={fold(word): value for word, value in grammar.ordinals.items()},
        tens=_tens(grammar),
        tens_joins=frozenset({"-", *(fold(word) for word in pack.quantities.joins)}),
        leads=_flagged(dates.leads),
        bounds=Lexicon([(cue, bound) for bound, cues in dates.bounds.items() for cue in cues]),
        lists=frozenset(fold(word) for word in dates.lists),
        parts_of=_flagged(dates.parts_of),
        steps=Lexicon([(cue, _SIGNS[way]) for way, cues in dates.steps.items() for cue in cues]),
        possessives=_flagged(dates.possessives),
        not_times=_flagged(dates.not_times),
        tenses=Lexicon(tenses),
        past_not=frozenset(dates.past_not),
        bare=frozenset(fold(word) for word in dates.bare),
        counted=_flagged(n for names in pack.quantities.units.values() for n in names),
        halves_of_day=Lexicon([(w, 0) for w in dates.am] + [(w, 12) for w in dates.pm]),
        oclock=_flagged(dates.oclock),
        clock_joins=_flagged(dates.clock_joins),
        openers=frozenset(tree.words) | at_root.keys(),
        at_root={word: tuple(starts) for word, starts in at_root.items()},
        seconds=_seconds(tree, at_root, slot_openers),
        figured=tuple((s, k, n) for s, (k, n) in tree.slots.items() if k in FIGURED),
        slot_openers=slot_openers,
        prepositions=frozenset(fold(word) for word in grammar.prepositions),
        skipped=frozenset(fold(word) for word in (*grammar.articles, *grammar.contractions)),
    )
