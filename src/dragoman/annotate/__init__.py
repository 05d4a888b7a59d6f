"""Stage 2: a report in, what it says out (`Annotation`); a pure function of one report."""

from dragoman.annotate.stage import annotate

__all__ = ["annotate"]
