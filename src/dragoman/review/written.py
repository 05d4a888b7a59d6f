"""Fields and values as people write them, on a command line or in a form."""

from __future__ import annotations

from typing import Any

import msgspec


def value(text: str) -> Any:
    """What a person means: JSON where it looks like that, plain words otherwise.

    Args:
        text: as written; nothing makes a field unknown.
    """
    if not text:
        return None
    if text[0] in '[{"' or text in {"null", "true", "false"} or text.lstrip("-")[:1].isdigit():
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            return text  # such as a date
    return text
