"""Names of bodies read whole: `the Justice and Reform Movement`, `High Council of State`.

What is written large before a noun for a body belongs to its name, also words that name nobody by
themselves (`National`, `Military`), joined by `and`, a comma or the genitive of a people
(`People's`); behind the noun what a link joins to it. Acronyms with a branch (`FLA-North`) are one.
"""

from __future__ import annotations

from dragoman.annotate.document import Token
from dragoman.annotate.names.scenery import Scene

_ACRONYM_LEAST, _ACRONYM_MOST = 2, 8
_ACRONYM_SURE = 3
_GLUE = frozenset("-‐‑/")
_LONGEST = 14
_INNER_LINKS = 3
_APOSTROPHES = frozenset("'’")


def is_acronym(token: Token) -> bool:
    """Whether a token is a word of capitals."""
    return token.text.isupper() and _ACRONYM_LEAST <= len(token.text) <= _ACRONYM_MOST


def acronym_end(scene: Scene, place: int, stop: int) -> int:
    """Where an acronym with its branches ends (`SPLM/A-North`); `place` if there is none."""
    tokens = scene.document.tokens
    if not is_acronym(tokens[place]):
        return place
    end = place + 1
    while (
        end + 1 < stop
        and tokens[end].text in _GLUE
        and scene.glued(end)
        and tokens[end + 1].capital
        and not scene.is_office(end + 1, stop)
    ):
        end += 2
    return end


def body_end(scene: Scene, place: int, stop: int) -> int:
    """Where the name of a body that begins at a token ends; `place` if none does.

    A noun for a body must be in it, and another word written large.
    """
    if not _large(scene, place):
        return place
    noun = end = None
    at, last = place, min(stop, place + _LONGEST)
    while at < last:
        if _is_noun(scene, at):
            noun, end = at, at + 1
        elif noun is not None:
            end = at + 1
        following = _next(scene, at, last, noun)
        if following is None:
            break
        at = following
    if noun is None or end is None or end - place < 2:
        return place
    return end


def _is_noun(scene: Scene, place: int) -> bool:
    return scene.is_word("organization_nouns", place)


def _large(scene: Scene, place: int) -> bool:
    """Whether a token can be a word of a body's name."""
    token = scene.document.tokens[place]
    if not token.capital or not token.word:
        return False
    word = token.fold
    words = scene.gazetteer.words
    if _is_noun(scene, place) or word in words["body_words"] or word in words["portfolios"]:
        return True
    if word in scene.gazetteer.common or word in scene.gazetteer.words["honorifics"]:
        return False
    return not scene.is_office(place, len(scene.document.tokens))


def _next(scene: Scene, at: int, stop: int, noun: int | None) -> int | None:
    """The next word of the name behind the one at `at`; None where it ends."""
    tokens, text = scene.document.tokens, scene.document.text
    place = at + 1
    if place >= stop or "\n" in text[tokens[at].end : tokens[place].start]:
        return None
    if tokens[place].text in _GLUE:
        glued = scene.glued(place) and place + 1 < stop and _large(scene, place + 1)
        return place + 1 if glued else None
    if tokens[place].text in _APOSTROPHES:
        return _behind_genitive(scene, at, place, stop)
    if _large(scene, place):
        return place if noun is None or _is_noun(scene, place) else _tail(scene, at, place)
    return _behind_link(scene, place, stop, noun)


def _tail(scene: Scene, at: int, place: int) -> int | None:
    """A word right behind the noun: of the name only where a link came before it."""
    if _is_noun(scene, at):
        return None
    return place


def _behind_genitive(scene: Scene, at: int, place: int, stop: int) -> int | None:
    """Over the mark of a genitive behind a word for people: `People's`, `Workers'`."""
    if scene.document.tokens[at].fold not in scene.gazetteer.words["body_words"]:
        return None
    place += 1
    if place < stop and scene.document.tokens[place].fold in scene.gazetteer.words["possessive"]:
        place += 1
    return place if place < stop and _large(scene, place) else None


def _behind_link(scene: Scene, place: int, stop: int, noun: int | None) -> int | None:
    """Over `of the`, `for`, `and` or a comma to the next word of the name.

    Before the noun only words that join (`Truth and Reconciliation Commission`); behind it no
    joined word that begins another body (`the Farmers' Union and the Miners' Party`).
    """
    tokens, words = scene.document.tokens, scene.gazetteer.words
    joins = set(scene.document.pack.grammar.conjunctions) | {"&"}
    first = tokens[place].fold
    if first not in joins | words["links"] or first in words["locatives"]:
        return None
    if noun is None and first not in joins:
        return None
    ahead = place + 1
    while ahead < min(stop, place + _INNER_LINKS) and tokens[ahead].fold in (
        words["links"] | words["articles"]
    ):
        ahead += 1
    if ahead >= stop or not _large(scene, ahead):
        return None
    if first in joins:
        if ahead > place + 1:
            return None
        if noun is not None and _has_noun(scene, ahead, stop):
            return None
        if noun is None and not _has_noun(scene, ahead, stop):
            return None
    return ahead


def _has_noun(scene: Scene, place: int, stop: int) -> bool:
    """Whether the words written large from a token on hold a noun for a body."""
    while place < stop and _large(scene, place):
        if _is_noun(scene, place):
            return True
        place += 1
    return False


def acronym_of_body(scene: Scene, first: int, last: int) -> bool:
    """Whether a run is an acronym that the words around it show to be a body.

    A branch (`FLA-North`), an article, or words for an office, a team or a person's act beside it
    do; in a line of capitals nothing does.
    """
    tokens = scene.document.tokens
    if acronym_end(scene, first, len(tokens)) != last or len(tokens[first].text) < _ACRONYM_SURE:
        return False
    if scene.gazetteer.common & {tokens[first].fold} or _among_capitals(scene, first, last):
        return False
    if last - first > 1:
        return True
    before = tokens[first - 1].fold if first else ""
    words = scene.gazetteer.words
    if before in words["articles"] or (before in words["of"] and first > 1):
        return not _unit_before(scene, first)
    after = last
    if after < len(tokens) and tokens[after].text in _APOSTROPHES:
        after += 2
    if after >= len(tokens):
        return False
    beside = tokens[after].fold
    return (
        beside in words["person_verbs"] | words["delegation"]
        or scene.is_word("organization_nouns", after)
        or scene.is_office(after, len(tokens))
    )


def _unit_before(scene: Scene, first: int) -> bool:
    """Whether a number stands before (`5 percent of GDP`)."""
    tokens = scene.document.tokens
    return any(token.text[:1].isdigit() for token in tokens[max(0, first - 4) : first])


def _among_capitals(scene: Scene, first: int, last: int) -> bool:
    """Whether the word before or after is all capitals too, as in a headline."""
    tokens = scene.document.tokens
    beside = [tokens[place] for place in (first - 1, last) if 0 <= place < len(tokens)]
    return any(token.text.isupper() and len(token.text) > 1 for token in beside)
