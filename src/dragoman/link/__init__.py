"""Stage 3: what each report says in, the entries of the record out; independent of order."""

from dragoman.link.stage import link

__all__ = ["link"]
