"""The form of `names.yaml`."""

from __future__ import annotations

from dragoman.types import Value


class NamesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To come."""
