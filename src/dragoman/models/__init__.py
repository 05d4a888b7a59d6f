"""The parsers. In: a text and its language. Out: `Syntax`, plain lists that no parser's type is in.

The parser that comes with the package serves all languages that it has learned, but those for
which the settings name another pipeline.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.models.others import pipeline
from dragoman.models.parser import languages, own_parser
from dragoman.models.syntax import ROOT, Name, Syntax

__all__ = ["ROOT", "Name", "Syntax", "can_parse", "languages", "parse"]

_NONE: Mapping[str, str] = {}


def can_parse(language: str | None, named: Mapping[str, str] = _NONE) -> bool:
    """Whether there is a parser for a language."""
    return language is not None and (language in named or language in languages())


def parse(text: str, language: str, named: Mapping[str, str] = _NONE) -> Syntax:
    """The syntax of a text.

    Args:
        text: any text.
        language: ISO 639-1 code; `can_parse` says which.
        named: pipelines that take languages over, `spacy:NAME` or `stanza:CODE`, by language.

    Raises:
        ModelError: a named pipeline can't be used, or the package's own weights can't.
        KeyError: there is no parser for the language.
    """
    if language in named:
        return pipeline(named[language])(text)
    return own_parser().parse(text, language)
