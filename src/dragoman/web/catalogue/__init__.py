"""The record's entries as rows, so that a page finds its few among all at once.

The rows hold what lists are filtered and sorted by, no texts; the entries themselves are read from
the record when they are shown. They are made once for each state of the record and kept in a file
beside it; where no file can be written there, in memory.
"""

from dragoman.web.catalogue.ask import Card, Catalogue, interval
from dragoman.web.catalogue.keep import opened

__all__ = ["Card", "Catalogue", "interval", "opened"]
