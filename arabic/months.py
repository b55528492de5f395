"""Names of months and weekdays as Arabic newspapers print them, in normal form.

Five families: those of Egypt and the Gulf, of the Levant and Iraq, of Tunisia and Algeria, of Morocco, and
the Hijri months; English names beside them, for wire copy and web pages.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

GULF_AND_EGYPT: Final = (
    ("يناير",),
    ("فبراير",),
    ("مارس",),
    ("ابريل",),
    ("مايو",),
    ("يونيو", "يونيه"),
    ("يوليو", "يوليه"),
    ("اغسطس", "اوغسطس"),
    ("سبتمبر",),
    ("اكتوبر",),
    ("نوفمبر",),
    ("ديسمبر",),
)
LEVANT: Final = (
    ("كانون الثاني", "كانون ثاني", "كانون ثان"),
    ("شباط",),
    ("اذار",),
    ("نيسان",),
    ("ايار",),
    ("حزيران",),
    ("تموز",),
    ("اب",),
    ("ايلول",),
    ("تشرين الاول", "تشرين اول"),
    ("تشرين الثاني", "تشرين ثاني", "تشرين ثان"),
    ("كانون الاول", "كانون اول"),
)
TUNISIA_AND_ALGERIA: Final = (
    ("جانفي",),
    ("فيفري", "فيفيري"),
    ("مارس",),
    ("افريل",),
    ("ماي",),
    ("جوان",),
    ("جويليه",),
    ("اوت",),
    ("سبتمبر",),
    ("اكتوبر",),
    ("نوفمبر",),
    ("ديسمبر",),
)
MOROCCO: Final = (
    ("يناير",),
    ("فبراير",),
    ("مارس",),
    ("ابريل",),
    ("ماي",),
    ("يونيو",),
    ("يوليوز",),
    ("غشت",),
    ("شتنبر",),
    ("اكتوبر",),
    ("نونبر",),
    ("دجنبر",),
)
ENGLISH: Final = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
HIJRI: Final = (
    ("محرم", "المحرم", "محرم الحرام"),
    ("صفر",),
    ("ربيع الاول", "ربيع اول"),
    ("ربيع الاخر", "ربيع الثاني", "ربيع اخر", "ربيع ثاني", "ربيع ثان"),
    ("جمادي الاولي", "جمادي الاول", "جماد الاولي", "جماد الاول", "جمادي اولي"),
    (
        "جمادي الاخره",
        "جمادي الاخر",
        "جمادي الثانيه",
        "جمادي الثاني",
        "جماد الاخره",
        "جماد الاخر",
        "جماد الثاني",
    ),
    ("رجب",),
    ("شعبان",),
    ("رمضان",),
    ("شوال",),
    ("ذو القعده", "ذي القعده", "ذوالقعده", "ذيالقعده", "ذا القعده"),
    ("ذو الحجه", "ذي الحجه", "ذوالحجه", "ذيالحجه", "ذا الحجه"),
)
WEEKDAYS: Final = (
    ("الاثنين", "monday", "mon"),
    ("الثلاثاء", "الثلثاء", "tuesday", "tue"),
    ("الاربعاء", "wednesday", "wed"),
    ("الخميس", "thursday", "thu"),
    ("الجمعه", "friday", "fri"),
    ("السبت", "saturday", "sat"),
    ("الاحد", "sunday", "sun"),
)
"""Monday first, as `datetime.date.weekday` counts."""


def _numbered(family: Iterable[Iterable[str]], first: int) -> dict[str, int]:
    return {name: number for number, names in enumerate(family, first) for name in names}


GREGORIAN_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for family in (GULF_AND_EGYPT, LEVANT, TUNISIA_AND_ALGERIA, MOROCCO, ENGLISH)
    for name, number in _numbered(family, 1).items()
}
HIJRI_MONTHS: Final[Mapping[str, int]] = _numbered(HIJRI, 1)
WEEKDAY_NUMBERS: Final[Mapping[str, int]] = _numbered(WEEKDAYS, 0)


def alternatives(names: Iterable[str]) -> str:
    """A regular expression for any of the names, longest first; a space in a name matches any blanks."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)


def plain(printed: str) -> str:
    """A matched name as the tables write it: lower case, single spaces."""
    return " ".join(printed.lower().split())
