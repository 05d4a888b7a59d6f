"""What people decide. In: derived entries and corrections. Out: the entries that stand.

`settle` writes what linking derived, corrected; `Desk` is where corrections are made; `queue`
tells what to look at first; `agreement` compares two people; `gold` hands decisions on; `news`
tells what moved between two states.
"""

from dragoman.review.agreement import Agreement, agreement
from dragoman.review.apply import Applied, Outcome, apply
from dragoman.review.desk import Desk
from dragoman.review.gold import gold, rejected
from dragoman.review.news import News, Wanted, news
from dragoman.review.queue import Case, queue
from dragoman.review.settle import outcomes, settle

__all__ = [
    "Agreement",
    "Applied",
    "Case",
    "Desk",
    "News",
    "Outcome",
    "Wanted",
    "agreement",
    "apply",
    "gold",
    "news",
    "outcomes",
    "queue",
    "rejected",
    "settle",
]
