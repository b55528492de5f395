"""Objects of JSON with the place of every value, which the standard decoder does not tell."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Final

from archive.ingest.reading.formats.records import Value

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_COLON: Final = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_DECODER: Final = JSONDecoder(strict=False)
MAX_SHOWN: Final = 60


def skip_space(text: str, at: int) -> int:
    """Where the next character other than JSON's white space stands."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def read_object(text: str, at: int) -> tuple[dict[str, Value], int]:
    """The object that opens at a place: its values with their spans (as `text` writes them, a string without
    its
    quotation marks), and where it ends.

    Control characters inside strings are let through; stored text loses them later.
    Raises: ValueError: no object of JSON. RecursionError: nested too deeply.
    """
    if not text.startswith("{", at):
        raise JSONDecodeError("Expecting an object", text, at)
    values: dict[str, Value] = {}
    at = skip_space(text, at + 1)
    if text.startswith("}", at):
        return values, at + 1
    while True:
        key, at = _read_key(text, at)
        content, end = _read_value(text, at)
        inner = isinstance(content, str)
        values[key] = Value(content, at + inner, end - inner)
        at = skip_space(text, end)
        if text.startswith("}", at):
            return values, at + 1
        if not text.startswith(",", at):
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        at = skip_space(text, at + 1)


def explain(error: ValueError | RecursionError) -> str:
    """What is wrong with a piece of JSON, where in it, in one line."""
    if isinstance(error, JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:MAX_SHOWN]


def _read_key(text: str, at: int) -> tuple[str, int]:
    if not text.startswith('"', at):
        raise JSONDecodeError("Expecting a key in double quotes", text, at)
    key, at = scanstring(text, at + 1, False)
    colon = _COLON.match(text, at)
    if colon is None:
        raise JSONDecodeError("Expecting ':' delimiter", text, at)
    return key, colon.end()


def _read_value(text: str, at: int) -> tuple[object, int]:
    return _DECODER.raw_decode(text, at)
