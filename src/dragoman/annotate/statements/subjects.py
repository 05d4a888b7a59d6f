"""Which word is the subject of a cue: before or behind it, shared, or left out."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate.statements.tree import Tree
from dragoman.models import ROOT

_STEPS = 5


class Subject(NamedTuple):
    """The head word of a subject. `None` with `dropped`: the verb goes without one."""

    word: int | None
    dropped: bool = False


def subject_of(tree: Tree, word: int) -> Subject:
    """The subject of a verb or adjective.

    Conjoined verbs, infinitives and participles take it from the verb above; a relative pronoun
    stands for its noun; the subject of a passive is its agent, if it has one.
    """
    relations, heads = tree.syntax.relations, tree.syntax.heads
    at = word
    for _ in range(_STEPS):
        passive = tree.child(at, "nsubj:pass", "aux:pass") is not None
        agent = tree.child(at, "obl:agent")
        found = agent if passive and agent is not None else own_subject(tree, at)
        if found is not None:
            return Subject(_antecedent(tree, at, found))
        if passive and at == word:
            return Subject(None)
        relation, head = relations[at], heads[at]
        if relation == "acl:relcl" or (relation == "acl" and head != ROOT):
            return Subject(head)
        if head == ROOT:
            return Subject(None, dropped=at == word)
        if relation in {"conj", "xcomp", "advcl", "parataxis", "ccomp", "dep", "aux"}:
            if relation == "parataxis" and at == word:
                return Subject(None, dropped=True)
            if tree.syntax.tags[head] not in {"VERB", "AUX", "ADJ", "NOUN"}:
                return Subject(None)
            at = head
            continue
        return Subject(None)
    return Subject(None)


def own_subject(tree: Tree, verb: int) -> int | None:
    """The subject among a verb's children: the nearest one before it, or the first behind it."""
    found = [c for c in tree.children[verb] if tree.syntax.relations[c] == "nsubj"]
    # One that a preposition governs is a part of the phrase before it.
    found = [c for c in found if tree.child(c, "case") is None] or found
    before = [c for c in found if c < verb]
    return before[-1] if before else found[0] if found else None


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    """The noun that a relative pronoun stands for; any other subject itself."""
    relative = (
        tree.syntax.tags[subject] in {"PRON", "DET"}
        and tree.syntax.relations[verb] == "acl:relcl"
        and tree.syntax.features[subject].get("PronType") in {"Rel", "Int,Rel", "Int"}
    )
    return tree.syntax.heads[verb] if relative else subject


def possessor_of(tree: Tree, noun: int, topics: frozenset[str] = frozenset()) -> int | None:
    """Who a noun of speech belongs to: its possessor, or the subject of the verb that it serves.

    Args:
        tree: the syntax.
        noun: the noun.
        topics: prepositions of the noun that tell its topic, not its possessor.
    """
    for child in tree.children[noun]:
        if tree.syntax.relations[child] in {"nmod", "nmod:poss", "det"} and (
            tree.syntax.tags[child] in {"PROPN", "NOUN", "PRON"}
            and (child < noun or tree.child(child, "case") is not None)
            and (child < noun or tree.syntax.tags[child] != "PRON")
            and (child < noun or tree.case_of(child) not in topics)
        ):
            return child
    if tree.syntax.relations[noun] in {"obj", "obl"}:
        head = tree.syntax.heads[noun]
        return subject_of(tree, head).word
    return None
