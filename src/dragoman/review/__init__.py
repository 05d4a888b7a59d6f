"""What people decide. In: derived entries and corrections. Out: the entries that stand.

`settle` writes what linking derived, corrected; `Desk` is where corrections are made; `queue`
tells what to look at first; `agreement` compares two people; `gold` hands decisions on.
"""

from dragoman.review.apply import Applied, Outcome, apply
from dragoman.review.desk import Desk
from dragoman.review.settle import outcomes, settle

__all__ = ["Applied", "Desk", "Outcome", "apply", "outcomes", "settle"]
