"""What stands behind a value of a comparison, in words: whose account it is."""

from __future__ import annotations

from dragoman.types import Comparison, Told

_RULE = "weight"


def behind(entry: Comparison, value: Told) -> str:
    """Who tells a value, as linking found it: "told as the report's own"; empty if it found none.

    Args:
        entry: the comparison; its reasons of the rule `weight` tell of a value each.
        value: one of its values.
    """
    head = f"“{value.value}”: "
    for reason in entry.reasons:
        if reason.rule == _RULE and reason.why.startswith(head):
            # First comes the number of accounts, which is told with the value in any case.
            return reason.why[len(head) :].partition("; ")[2]
    return ""


def ground(entry: Comparison) -> str:
    """Why the verdict is what it is; empty if nothing says so."""
    return next((reason.why for reason in entry.reasons if reason.rule != _RULE), "")
