"""Watching feeds, pages and folders: what is new goes into the record, what moved is told.

`cycle` is one round over all sources; it loses nothing where some of them fail. The network is
reached through `fetch` alone, which goes to public addresses only.
"""

from dragoman.watch.config import Watch, load
from dragoman.watch.rounds import Told, cycle

__all__ = ["Told", "Watch", "cycle", "load"]
