"""Stage 4, the store: reports, annotations and entries in; one SQLite file and its export out.

`Writer` writes it in one transaction; `Reader` reads it and changes nothing.
"""

from dragoman.record.corrections import Anchor, Correction, Corrections
from dragoman.record.history import Change, changes, tally
from dragoman.record.read import Found, Reader, Skipped, State
from dragoman.record.select import Filter
from dragoman.record.write import Writer, annotation_key

__all__ = [
    "Anchor",
    "Change",
    "Correction",
    "Corrections",
    "Filter",
    "Found",
    "Reader",
    "Skipped",
    "State",
    "Writer",
    "annotation_key",
    "changes",
    "tally",
]
