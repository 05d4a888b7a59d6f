"""Language packs: one folder of YAML a language, validated when it is loaded.

`load(code)` gives a `Pack`; `available()` lists the codes. `universal/` holds what belongs to no
single language. A pack may lack a file: that layer then finds nothing in that language, and
`Pack.lacks` says so.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from dragoman.errors import LanguagePackError, misfit
from dragoman.languages.damage import DamageFile
from dragoman.languages.dates import DatesFile
from dragoman.languages.events import EventsFile
from dragoman.languages.grammar import GrammarFile
from dragoman.languages.names import NamesFile
from dragoman.languages.quantities import QuantitiesFile
from dragoman.languages.speech import SpeechFile
from dragoman.languages.tokens import TokensFile
from dragoman.types import Value

FOLDER = Path(__file__).parent
UNIVERSAL = "universal"

F = TypeVar("F")

_BOOL, _INT = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"
_PLAIN_TAGS = {"tag:yaml.org,2002:null", "tag:yaml.org,2002:float", "tag:yaml.org,2002:merge"}


class Pack(Value, frozen=True, kw_only=True):
    """All that is known of one language. `lacks` names the files that it does not have.

    `concepts` are phrases by the notion that they stand for, the same names in all languages.
    """

    code: str
    grammar: GrammarFile = GrammarFile()
    dates: DatesFile = DatesFile()
    quantities: QuantitiesFile = QuantitiesFile()
    names: NamesFile = NamesFile()
    speech: SpeechFile = SpeechFile()
    tokens: TokensFile = TokensFile()
    events: EventsFile = EventsFile()
    damage: DamageFile = DamageFile()
    concepts: dict[str, tuple[str, ...]] = {}
    lacks: tuple[str, ...] = ()


_FILES = {field.name: field.type for field in msgspec.structs.fields(Pack)}
_LAYERS = tuple(name for name in _FILES if name not in {"code", "lacks"})


class _Loader(yaml.CSafeLoader):
    """YAML without the old readings that harm word lists: no, on, y and 12:30 are words."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag in _PLAIN_TAGS]
        for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile("(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_INT, re.compile("[-+]?[0-9]+$"), list("-+0123456789"))


def read_yaml(path: Path, cls: type[F]) -> F:
    """Read and validate a YAML file.

    Raises:
        LanguagePackError: the file is no YAML, or not of the form that `cls` describes.
    """
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), _Loader), cls)  # noqa: S506
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        cause = misfit(error) if isinstance(error, msgspec.ValidationError) else str(error)
        where = str(path.relative_to(FOLDER.parent)) if path.is_relative_to(FOLDER.parent) else ""
        raise LanguagePackError(
            where or str(path), cause, "correct the file; docs/languages.md tells its form"
        ) from error


@functools.cache
def available() -> tuple[str, ...]:
    """The codes (ISO 639-1) of the languages that have a pack."""
    return tuple(
        sorted(
            folder.name
            for folder in FOLDER.iterdir()
            if folder.name != UNIVERSAL and (folder / "grammar.yaml").is_file()
        )
    )


@functools.cache
def load(code: str | None) -> Pack:
    """The pack of a language, or an empty one where there is none."""
    if code is None or code not in available():
        return Pack(code=code or "und", lacks=_LAYERS)
    layers: dict[str, object] = {}
    lacks = []
    for name in _LAYERS:
        path = FOLDER / code / f"{name}.yaml"
        if path.is_file():
            layers[name] = read_yaml(path, _FILES[name])
        else:
            lacks.append(name)
    return msgspec.structs.replace(Pack(code=code, lacks=tuple(lacks)), **layers)
