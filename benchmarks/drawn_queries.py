"""Queries drawn at random: right ones by the grammar of the query language, wrong ones, and garbage.

The same seed draws the same queries from the same words and names.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, quote_from_bytes

LANGUAGES: Final = ("ar", "en")
LEVELS: Final = ("exact", "folded", "inflected", "any")
SORTS: Final = ("relevance", "newest", "oldest")
DATES: Final = (
    *("2015", "2015-11", "2015-07-21", "21-07-2015", "2015/7/21", "٢٠١٥", "٢٠١٥-٠٧", "1436", "1437-01"),
    *(
        "2015-07-01..2015-07-31",
        "..2015",
        "2014..",
        "2014…2015",
        "1436..1437",
        "0001",
        "9999",
        "..9999-12-31",
    ),
)
WORDED_DATES: Final = (
    "تشرين الثاني 2015",
    "يوليو 2015",
    "محرم 1437",
    "21 تموز 2015",
    '"يوليو 2015"',
    "July 2015",
)
NO_DATES: Final = (
    "أمس",
    "2015-13",
    "2015-02-30",
    "99999",
    "2016..2015",
    "0000",
    "..",
    "9999-99-99",
    "20155",
    "[2015",
)
NUMBERS: Final = (
    "0",
    "-1",
    "-999999999",
    "99999999999999999999",
    "1e9",
    "٣",
    "1.5",
    "abc",
    "0x10",
    "²",
    "१",
    "%00",
)
ODD_SIGNS: Final = (
    "\u202e\u202d\u2066\u2067\u2069\u200f\u200e\u061c\u200b\u200d\ufeff\u0640\u064b\u0670\u00ad\u2028\x0b\x1f\x7f"
    "\x00😀👨‍👩‍👧🏳️‍🌈ﷺ﷽½Ⅷ㎏ﬀﻼ\ufffd\ufffe\U0010ffff"
)
LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
OPERATORS: Final = (
    *'()"«»-|*~:,\\[]{}/?+',
    *(
        "~3",
        "..",
        "^2",
        "&&",
        "||",
        "AND",
        "OR",
        "NOT",
        "أو",
        "او",
        "TO",
        "title:",
        "عنوان:",
        "date:",
        "outlet:",
    ),
)
BAD_BYTES: Final = (
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xff\xfe",
    b"\xc0\xaf",
    b"\xf5\x80\x80\x80",
    b"\xd9",
    b"\x80" * 9,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One query. `address`: what stands behind `?`, percent-encoded. `mistaken`: something must be explained,
    in `language`. `kind`: where it was drawn from.
    """

    kind: str
    address: str
    mistaken: bool
    language: str


class Drawer:
    """Draws queries over the words and the outlets' names of a collection."""

    def __init__(self, chance: random.Random, words: Sequence[str], names: Sequence[str]) -> None:
        self.chance, self.words, self.names = chance, words, names or ["الرياض"]
        self.garbage: tuple[Callable[[], bytes], ...] = (
            self._signs,
            self._unbalanced,
            self._one_long_word,
            self._many_words,
            self._many_brackets,
            self._lone_operators,
            self._bad_bytes,
            self._any_letters,
            self._stars,
            self._long_numbers,
            self._fields_in_a_row,
            self._near_everything,
        )

    # -- by the grammar -----------------------------------------------------------------------------------

    def word(self) -> str:
        """A word of the collection: frequent ones more often, as readers type them."""
        return self.words[int(len(self.words) * self.chance.random() ** 3)]

    def query(self, depth: int = 0) -> str:
        """A right query."""
        parts = [self._part(depth) for _ in range(self.chance.choice((1, 1, 2, 2, 3, 5)))]
        either = self.chance.choice((" OR ", " أو ", "|", " او "))
        return either.join(parts) if self.chance.random() < 0.25 else " ".join(parts)

    def _part(self, depth: int) -> str:
        choices: list[Callable[[], str]] = [self.word] * 6 + [
            self._phrase,
            self._near,
            self._prefix,
            self._field,
        ]
        if depth < 3:
            choices += [lambda: f"({self.query(depth + 1)})", lambda: f"title:({self.query(depth + 1)})"]
            choices += [lambda: f"-{self._part(depth + 1)}", lambda: f"NOT {self._part(depth + 1)}"]
        return self.chance.choice(choices)()

    def _phrase(self) -> str:
        opening, closing = self.chance.choice(('""', "«»", "“”"))
        return f"{opening}{' '.join(self.word() for _ in range(self.chance.randint(1, 4)))}{closing}"

    def _near(self) -> str:
        words = " ".join(self.word() for _ in range(self.chance.randint(2, 5)))
        return f'"{words}"~{self.chance.randint(1, 30)}'

    def _prefix(self) -> str:
        word = self.word()
        return f"{word[: self.chance.randint(2, max(2, len(word)))]}*"

    def _field(self) -> str:
        field = self.chance.choice(
            ("title", "عنوان", "outlet", "صحيفة", "author", "كاتب", "date", "تاريخ", "agency")
        )
        if field in ("title", "عنوان"):
            return f"{field}:{self.word()}"
        if field in ("date", "تاريخ"):
            return f"{field}:{self.chance.choice((*DATES, *WORDED_DATES))}"
        return f'{field}:"{self.chance.choice(self.names)}"'

    # -- mistakes: each spoils a right query ---------------------------------------------------------------

    def mistake(self) -> str:
        """A query with a mistake that must be explained."""
        right = self.word()
        spoiled = (
            f"({right}",
            f"{right})",
            f'{right} "',
            f'"" {right}',
            f"() {right}",
            f"{right} OR",
            f"أو {right}",
            f"{right} AND",
            f"{right} NOT",
            f"{right} -",
            f"--{right}",
            f"{right}~2",
            f"*{right}",
            f"{right[0]}*",
            f"title: {right}",
            f"outlet:({right})",
            f'صحيفة:"{right} ليست صحيفة"',
            f"subject:{right}",
            f"date:{self.chance.choice(NO_DATES)}",
            f'"{right} {right}"~{self.chance.choice((0, 31, 10**9))}',
            " ".join([right] * 51),
        )
        return self.chance.choice(spoiled)

    # -- garbage -------------------------------------------------------------------------------------------

    def _signs(self) -> bytes:
        signs = [self.chance.choice([*OPERATORS, self.word()]) for _ in range(self.chance.randint(1, 60))]
        return self.chance.choice(("", " ")).join(signs).encode()

    def _unbalanced(self) -> bytes:
        text = list(self.query())
        for _ in range(self.chance.randint(1, 8)):
            text.insert(self.chance.randint(0, len(text)), self.chance.choice('()"«»-*|~'))
        return "".join(text).encode()

    def _one_long_word(self) -> bytes:
        letters = self.chance.choice((LETTERS, "ا", "abc", "0123456789", "\u064b", "ـ"))
        length = self.chance.choice((500, 1_000, 9_000, 100_000))
        return "".join(self.chance.choices(letters, k=length)).encode()

    def _many_words(self) -> bytes:
        return " ".join(self.chance.choices(self.words, k=self.chance.choice((60, 2_000, 15_000)))).encode()

    def _many_brackets(self) -> bytes:
        count = self.chance.choice((12, 240, 5_000))
        return self.chance.choice(
            ("(" * count, "(" * count + self.word() + ")" * count, "()" * count, "-(" * count)
        ).encode()

    def _lone_operators(self) -> bytes:
        return " ".join(self.chance.choices(OPERATORS, k=self.chance.randint(1, 4))).encode()

    def _bad_bytes(self) -> bytes:
        return self.chance.choice(BAD_BYTES).join(
            self.word().encode() for _ in range(self.chance.randint(1, 5))
        )

    def _any_letters(self) -> bytes:
        pool = [
            *ODD_SIGNS,
            *self.word(),
            chr(self.chance.randrange(0x20, 0xD7FF)),
            chr(self.chance.randrange(0x600, 0x700)),
        ]
        return "".join(self.chance.choices(pool, k=self.chance.randint(1, 200))).encode()

    def _stars(self) -> bytes:
        either = self.chance.choice((" OR ", " أو ", " "))
        letters = self.chance.randint(1, 2)
        return either.join(
            "".join(self.chance.choices("اوليمنت", k=letters)) + "*" for _ in range(60)
        ).encode()

    def _long_numbers(self) -> bytes:
        number = "".join(self.chance.choices("0123456789٠١٢٣٤٥٦٧٨٩", k=self.chance.choice((12, 60, 400))))
        return self.chance.choice(
            (f"{number}", f"date:{number}", f'"ا ب"~{number}', f"date:{number}..{number}")
        ).encode()

    def _fields_in_a_row(self) -> bytes:
        fields = ("title:", "عنوان:", "date:", "outlet:", "كاتب:", "وكالة:", "-title:", "title:-", "agency:(")
        return "".join(self.chance.choices(fields, k=self.chance.choice((2, 15, 80)))).encode()

    def _near_everything(self) -> bytes:
        words = " ".join(self.chance.choices(self.words[:40], k=self.chance.choice((10, 49, 90))))
        return f'"{words}"~30 {self.word()}'.encode()

    # -- addresses -----------------------------------------------------------------------------------------

    def _right_parameters(self) -> list[str]:
        some = {
            "level": self.chance.choice(LEVELS),
            "sort": self.chance.choice(SORTS),
            "page": str(self.chance.choice((1, 2, 3, 50, 999_999))),
            "size": str(self.chance.choice((1, 10, 50, 100))),
            "year": self.chance.choice(("2015", "2014", "unknown", "0999")),
            "from": self.chance.choice(("2015", "2015-07", "2014-01-01")),
            "to": self.chance.choice(("2015", "2015-08", "9999")),
            "outlet": "unknown",
            "section": quote(self.word()),
            "variants": self.chance.choice(("on", "off")),
        }
        return [f"{name}={value}" for name, value in some.items() if self.chance.random() < 0.15]

    def _wrong_parameters(self) -> list[str]:
        name = self.chance.choice(
            ("page", "size", "level", "sort", "from", "to", "year", "outlet", "agency", "variants")
        )
        wrong = {
            "page": self.chance.choice(NUMBERS[:2] + NUMBERS[4:5]),
            "from": quote(self.chance.choice(("2015-13", "soon", "99999", "-1", "2015-02-30"))),
            "year": self.chance.choice(("0000", "20155", "-1", "x")),
        }
        wrong["to"] = wrong["from"]
        return [f"{name}={wrong.get(name) or quote(self.chance.choice(('nobody', '101101', 'x' * 300)))}"]

    def draw(self) -> Drawn:
        """One query of any kind."""
        language = self.chance.choice(LANGUAGES)
        kind = self.chance.choices(("grammar", "mistake", "garbage", "parameters"), (8, 4, 6, 2))[0]
        mistaken = kind in ("mistake", "parameters")
        parameters = self._wrong_parameters() if kind == "parameters" else self._right_parameters()
        if kind == "garbage":
            made = self.chance.choice(self.garbage)
            kind = f"garbage: {made.__name__.strip('_').replace('_', ' ')}"
            text = quote_from_bytes(made())
            parameters += [f"page={quote(self.chance.choice(NUMBERS))}"] if self.chance.random() < 0.1 else []
        else:
            text = quote(self.mistake() if kind == "mistake" else self.query())
        return Drawn(kind, "&".join([f"q={text}", f"lang={language}", *parameters]), mistaken, language)


def drawn(count: int, seed: int, words: Sequence[str], names: Sequence[str]) -> Iterator[Drawn]:
    """So many queries."""
    drawer = Drawer(random.Random(seed), words, names)
    for _ in range(count):
        yield drawer.draw()
