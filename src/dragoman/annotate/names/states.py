"""States that no list knows, learned from one report.

`the Republic of X`, `the foreign minister of X`, `X's prime minister`, or a word made from X by
the pack's derivations beside what only a state has (`the Xian delegation`): each makes X a state
of this report, and the words made from it its demonyms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.scenery import Scene
from dragoman.languages.gazetteer import Known
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.names import Derivation

_LONGEST = 2


def learn_states(scene: Scene, report: Sequence[Sequence[Chunk]]) -> Lexicon[Known]:
    """The states learned, with the demonyms that the report uses, as a lexicon of phrases."""
    runs = [(chunks, index) for chunks in report for index in _runs(chunks)]
    names = {_text(scene, chunks[index]) for chunks, index in runs}
    people = _people(scene, [chunks[index] for chunks, index in runs])
    peopled = _words_beside_states(scene)
    learned: dict[str, set[str]] = {}
    for chunks, index in runs:
        chunk = chunks[index]
        name = _text(scene, chunk)
        if chunk.last - chunk.first > _LONGEST or fold(name) in people:
            continue
        made = {
            form
            for form in derived(name, scene.gazetteer.names.derivations)
            if form in peopled and form != fold(name)
        }
        if _told(scene, chunks, index) or made:
            learned.setdefault(_base(scene, name, names), set()).update(made, {fold(name)})
    for name in _coordinated(scene, report, learned):
        if fold(name) not in people:
            learned[name] = {fold(name)}
    entries: list[tuple[str, Known]] = []
    small = scene.gazetteer.names.demonym_case == "any"
    for name, forms in sorted(learned.items()):
        known = Known("", name, "state", state=name)
        own = {fold(name)} | {fold(name) + ending for ending in scene.gazetteer.names.genitive}
        made = derived(name, scene.gazetteer.names.derivations) & set(scene.document.words)
        entries += [(form, known) for form in sorted(own)]
        entries += [
            (form, known._replace(naming="demonym", small=small))
            for form in sorted((made | forms) - own)
        ]
    return Lexicon(entries)


def _coordinated(
    scene: Scene, report: Sequence[Sequence[Chunk]], learned: dict[str, set[str]]
) -> list[str]:
    """Names of one word joined to a state by a conjunction or, in a pair, by a comma."""
    joints = {fold(word) for word in scene.document.pack.grammar.conjunctions}
    articles = {fold(word) for word in scene.document.pack.grammar.articles}
    found: set[str] = set()
    for chunks in report:
        for index, chunk in enumerate(chunks):
            name = _text(scene, chunk)
            if chunk.kind != "run" or chunk.last - chunk.first > 1 or name in learned:
                continue
            if fold(name) in scene.gazetteer.given:
                continue
            for other in (index - 1, index + 1):
                if not 0 <= other < len(chunks):
                    continue
                left, right = sorted((chunk, chunks[other]), key=lambda c: c.first)
                gap = [word for word in scene.gap(left.last, right.first) if word not in articles]
                state = _text(scene, chunks[other]) in learned and chunks[other].kind == "run"
                if state and len(gap) == 1 and gap[0] in joints:
                    found.add(name)
    return sorted(found)


def derived(name: str, derivations: Sequence[Derivation]) -> set[str]:
    """The folded words that a people or adjective of a state can be."""
    base = fold(name)
    return {
        base[: len(base) - len(rule.name)] + fold(ending)
        for rule in derivations
        if base.endswith(fold(rule.name)) and len(base) - len(rule.name) > 2
        for ending in rule.demonym
    }


def _runs(chunks: Sequence[Chunk]) -> Iterator[int]:
    return (index for index, chunk in enumerate(chunks) if chunk.kind == "run")


def _text(scene: Scene, chunk: Chunk) -> str:
    tokens = scene.document.tokens
    return " ".join(
        scene.document.text[tokens[chunk.first].start : tokens[chunk.last - 1].end].split()
    )


def _base(scene: Scene, name: str, names: set[str]) -> str:
    """The name without a genitive ending, where the report also has it so."""
    for ending in scene.gazetteer.names.genitive:
        if name.endswith(ending) and name.removesuffix(ending) in names:
            return name.removesuffix(ending)
    return name


def _people(scene: Scene, runs: Sequence[Chunk]) -> set[str]:
    """Words that are surnames in this report: the last of a run that has a given name."""
    tokens, people = scene.document.tokens, set[str]()
    for run in runs:
        if run.last - run.first > 1 and tokens[run.first].fold in scene.gazetteer.given:
            people.add(tokens[run.last - 1].fold)
            people.add(fold(_text(scene, run)))
    return people


def _words_beside_states(scene: Scene) -> set[str]:
    """Folded words directly before or after what only a state has, or an office of a state."""
    tokens, beside = scene.document.tokens, set[str]()
    for place, token in enumerate(tokens):
        if not token.word:
            continue
        first = last = None
        if token.fold in scene.gazetteer.words["polity"] and token.text.islower():
            first, last = place, place + 1
        else:
            hits = scene.gazetteer.offices.at(scene.document.words, place)
            if hits:
                first, last = place, hits[0].last
        if first is None or last is None:
            continue
        if first > 0 and tokens[first - 1].word:
            beside.add(tokens[first - 1].fold)
        if last < len(tokens) and tokens[last].word:
            beside.add(tokens[last].fold)
    return beside


def _told(scene: Scene, chunks: Sequence[Chunk], index: int) -> bool:
    """Whether the words around a run say that it is a state.

    The president of X makes X one only if the report also has a word made from X.
    """
    chunk, words = chunks[index], scene.gazetteer.words
    made = derived(_text(scene, chunk), scene.gazetteer.names.derivations)
    peopled = bool(made & set(scene.document.words) - {fold(_text(scene, chunk))})
    for back in range(1, 5):
        for hit in scene.gazetteer.state_heads.at(
            scene.document.words, max(0, chunk.first - back), chunk.first
        ):
            if hit.last == chunk.first and scene.document.tokens[hit.first].capital:
                return True
    if index > 0 and chunks[index - 1].kind == "office":
        office = chunks[index - 1]
        gap = scene.gap(office.last, chunk.first)
        if (
            gap
            and all(
                office.data.state or (office.key == "president" and peopled)
                for office in office.offices
            )
            and any(word in words["of"] for word in gap)
            and all(word in words["of"] | words["articles"] for word in gap)
        ):
            return True
    if index + 1 < len(chunks) and chunks[index + 1].kind == "office":
        office = chunks[index + 1]
        gap = scene.gap(chunk.last, office.first)
        if (
            words["possessive"]
            and any(word in words["possessive"] for word in gap)
            and all(word in words["possessive"] | words["modifiers"] | {"’"} for word in gap)
            and all(office.data.state for office in office.offices)
        ):
            return True
    return False
