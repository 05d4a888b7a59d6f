"""How damaged a report is, from 0 (not at all) to 1 (beyond trust), with the reasons."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from dragoman.annotate.damage.found import FoundRepair, Under, phrases_of
from dragoman.types import Reason

# What one damaged stretch counts: a name or date that was replaced tells more than a typing error,
# and an encoding goes wrong in good reports too. What is only marked counts half.
_WEIGHT = {"spin": 1.0, "translation": 1.0, "spelling": 0.3, "encoding": 0.2}
_MARKED = 0.5
_ODD = 0.4  # an odd wording, typical of spinners
_LEAST_WORDS = 100  # a shorter text is judged as if it had so many
_HALF = 1.0  # damage a hundred words at which a report is half beyond trust


def damage_score(under: Under, found: Sequence[FoundRepair]) -> tuple[float, Reason]:
    """The score of a text, and why.

    It is 1 - 2^-(d / h): `d` is the weighed damage a hundred words, and at `h` the score is a half.
    """
    counts = Counter(repair.kind for repair in found if repair.firm)
    marked = Counter(repair.kind for repair in found if not repair.firm)
    odd = len(phrases_of(under.code, "odd_wordings").find(under.folded))
    weighed = sum(_WEIGHT[kind] * count for kind, count in counts.items())
    weighed += sum(_WEIGHT[kind] * count * _MARKED for kind, count in marked.items())
    # One odd wording is a matter of style.
    weighed += _ODD * max(0, odd - 1)
    words = max(_LEAST_WORDS, sum(word.letters for word in under.words))
    score = round(1 - math.pow(2, -(100 * weighed / words) / _HALF), 3)
    parts = [f"{count} {kind} repaired" for kind, count in sorted(counts.items())]
    parts += [f"{count} {kind} marked" for kind, count in sorted(marked.items())]
    parts += [f"{odd} odd wordings"] if odd else []
    why = f"in {words} words: {', '.join(parts) or 'no damage found'}"
    return score, Reason(rule="damage.score", why=why, weight=score)
