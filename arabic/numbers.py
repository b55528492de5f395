"""Digits of every script as ASCII digits."""

from typing import Final

_FIRST_FOREIGN_DIGIT: Final = 0x0660
_LAST_OF_BASIC_PLANE: Final = 0xFFFF

ASCII_OF_DIGIT: Final[dict[int, str]] = {
    code: str(int(chr(code)))
    for code in range(_FIRST_FOREIGN_DIGIT, _LAST_OF_BASIC_PLANE + 1)
    if chr(code).isdecimal()
}
"""Decimal digits of the basic plane (Arabic-Indic, Persian, full width and others) to 0-9, one for one."""


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0-9, of the same length, so that offsets stay true.

    >>> ascii_digits("١٤٣٦ / ۱۳۹۴")
    '1436 / 1394'
    """
    return text if text.isascii() else text.translate(ASCII_OF_DIGIT)
