"""Stage 4, the store: reports, annotations and entries in; one SQLite file and its export out.

`Writer` writes it in one transaction; `Reader` reads it and changes nothing.
"""

from dragoman.record.corrections import Anchor, Correction, Made
from dragoman.record.file import missing
from dragoman.record.history import Change, changes, tally
from dragoman.record.read import Found, Reader, Skipped
from dragoman.record.select import Filter
from dragoman.record.states import At, State, read_at
from dragoman.record.write import Writer, annotation_key

__all__ = [
    "Anchor",
    "At",
    "Change",
    "Correction",
    "Filter",
    "Found",
    "Made",
    "Reader",
    "Skipped",
    "State",
    "Writer",
    "annotation_key",
    "changes",
    "missing",
    "read_at",
    "tally",
]
