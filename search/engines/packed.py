"""Many strings end to end in one: a list of them takes five times the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import overload

import numpy as np
import numpy.typing as npt


class Packed(Sequence[str]):
    """Strings that never change, each cut out when it is asked for."""

    def __init__(self, strings: Iterable[str]) -> None:
        listed = list(strings)
        self._text = "".join(listed)
        self._borders = array("I", chain((0,), accumulate(map(len, listed))))

    def __len__(self) -> int:
        return len(self._borders) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(place)
        return self._text[self._borders[number] : self._borders[number + 1]]

    def chosen(self, places: npt.NDArray[np.intp]) -> list[str]:
        """The strings at these places, counted from 0: quicker than one after the other."""
        borders = np.frombuffer(self._borders, np.uint32)
        cuts = map(slice, borders[places].tolist(), borders[places + 1].tolist())
        return list(map(self._text.__getitem__, cuts))

    @property
    def lengths(self) -> npt.NDArray[np.uint32]:
        """How many letters each has."""
        borders = np.frombuffer(self._borders, np.uint32)
        return borders[1:] - borders[:-1]

    def letters(self) -> npt.NDArray[np.uint32]:
        """The code points of all, end to end."""
        return np.frombuffer(self._text.encode("utf-32-le", "surrogatepass"), "<u4")
