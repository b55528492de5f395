"""The names of days and months, in the two languages of the pages and in both calendars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamesOfTime:
    """`weekdays` begin on Monday, as `date.weekday` counts. `eastern` are the months as the Levant says."""

    months: tuple[str, ...]
    eastern: tuple[str, ...]
    hijri: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekday_letters: tuple[str, ...]
    comma: str


ARABIC = NamesOfTime(
    months=(
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    eastern=(
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
        "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
    ),
    hijri=(
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
        "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
    ),
    weekdays=("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    weekday_letters=("ن", "ث", "ر", "خ", "ج", "س", "ح"),
    comma="، ",
)  # fmt: skip

ENGLISH = NamesOfTime(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    eastern=(),
    hijri=(
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Akhir", "Jumada al-Ula", "Jumada al-Akhira",
        "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qada", "Dhu al-Hijja",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekday_letters=("M", "T", "W", "T", "F", "S", "S"),
    comma=", ",
)  # fmt: skip


def names_of_time(language: str) -> NamesOfTime:
    """The names in a language; Arabic where the language is not one of the pages'."""
    return ENGLISH if language.startswith("en") else ARABIC
