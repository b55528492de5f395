"""Text typed while the keyboard stood at another script: hgsu,]dm for السعودية, لاخخن for book."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic.normal import compose_presentation_forms

KEYBOARDS_FILE: Final = Path(__file__).parent / "keyboards.toml"
PAIRS: Final = (
    ("qwerty", "101"),
    ("qwerty", "102"),
    ("qwerty", "macintosh"),
    ("azerty", "101"),
    ("azerty", "102"),
)
"""The keyboards that stand side by side on one machine: the usual first, the Maghreb's last."""
MAX_READINGS: Final = 8
"""Ways to read what was typed on an Arabic keyboard, where لا is one key or two."""
_NO_SIGN: Final = "·"
_ARABIC_LETTER: Final = re.compile(f"[{l.regex_class(*l.ARABIC_WORD_LETTERS)}]")
_LATIN_LETTER: Final = re.compile(r"[A-Za-z]")
_CHUNK: Final = re.compile(r"(\s+)")


@dataclass(frozen=True, slots=True)
class KeyboardPair:
    """Two keyboards of one machine: what each key of the Latin one types on the Arabic one, and back."""

    latin: str
    arabic: str
    to_arabic: Mapping[str, str]
    to_latin: Mapping[str, str]

    def in_arabic(self, text: str) -> str:
        """The text as its keys type it on the Arabic keyboard; words in Arabic letters stay as they are."""
        return "".join(
            chunk if _ARABIC_LETTER.search(chunk) else self._struck(chunk) for chunk in _CHUNK.split(text)
        )

    def _struck(self, chunk: str) -> str:
        return "".join(self.to_arabic.get(sign, sign) for sign in chunk)

    def in_latin(self, text: str) -> Iterator[str]:
        """The text as its keys type it on the Latin keyboard, `MAX_READINGS` at most: لا may be one key or
        two. Words without an Arabic letter stay as they are."""
        chunks = [self._readings(chunk) for chunk in _CHUNK.split(compose_presentation_forms(text))]
        return islice(map("".join, product(*chunks)), MAX_READINGS)

    def _readings(self, chunk: str) -> tuple[str, ...]:
        if not _ARABIC_LETTER.search(chunk):
            return (chunk,)
        parts = [self._keys_of(part) for part in _typed_signs(chunk)]
        return tuple(islice(map("".join, product(*parts)), MAX_READINGS))

    def _keys_of(self, part: str) -> tuple[str, ...]:
        one_by_one = "".join(self.to_latin.get(sign, sign) for sign in part)
        one_key = self.to_latin.get(part)
        return (one_by_one,) if one_key in (None, one_by_one) else (one_key or part, one_by_one)


_LAM_ALEF: Final = re.compile(
    f"{l.LAM}[{l.ALEF}{l.ALEF_MADDA}{l.ALEF_HAMZA_ABOVE}{l.ALEF_HAMZA_BELOW}]|.", re.S
)


def _typed_signs(chunk: str) -> list[str]:
    """The signs of a chunk, لام with an alef as one."""
    return _LAM_ALEF.findall(chunk)


@cache
def keyboard_pairs() -> tuple[KeyboardPair, ...]:
    """The pairs of `PAIRS`, from keyboards.toml."""
    boards = tomllib.loads(KEYBOARDS_FILE.read_text(encoding="utf-8"))
    return tuple(
        _pair(latin, arabic, boards["latin"][latin], boards["arabic"][arabic]) for latin, arabic in PAIRS
    )


def _pair(latin: str, arabic: str, latin_keys: dict[str, str], arabic_keys: dict[str, str]) -> KeyboardPair:
    there = {
        key: sign
        for level in ("shifted", "plain")
        for key, sign in zip(latin_keys[level].split(), arabic_keys[level].split(), strict=True)
        if _NO_SIGN not in (key, sign)
    }
    return KeyboardPair(latin, arabic, there, {sign: key for key, sign in there.items()})


def retyped(text: str) -> Iterator[str]:
    """What the text would be, had the keyboard stood at the other script: the likeliest first, each once."""
    seen = {text}
    for reading in _readings(text):
        if reading not in seen:
            seen.add(reading)
            yield reading


def _readings(text: str) -> Iterator[str]:
    if _LATIN_LETTER.search(text):
        for pair in keyboard_pairs():
            yield pair.in_arabic(text)
        if text.isupper():  # with Caps Lock, which Arabic letters do not know
            for pair in keyboard_pairs():
                yield pair.in_arabic(text.lower())
    if _ARABIC_LETTER.search(text):
        for pair in keyboard_pairs():
            yield from pair.in_latin(text)
