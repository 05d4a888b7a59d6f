"""The form of `damage.yaml`."""

from __future__ import annotations

from dragoman.types import Value


class DamageFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To come."""
