"""The form of `speech.yaml`."""

from __future__ import annotations

from dragoman.types import Value


class SpeechFile(Value, forbid_unknown_fields=True):
    """To come."""
