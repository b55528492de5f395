"""Hijri dates of the Umm al-Qura calendar."""

import datetime
from typing import Final

from hijridate import Hijri

FIRST_YEAR: Final = 1343
LAST_YEAR: Final = 1500

HijriDate = tuple[int, int, int]
"""Year, month, day."""


class DateOutOfRange(ValueError):
    """A Hijri date that the calendar does not hold."""

    def __init__(self, value: HijriDate) -> None:
        self.value = value
        super().__init__(
            f"{value[0]}-{value[1]:02}-{value[2]:02} AH is not in the Umm al-Qura calendar: it runs from "
            f"{FIRST_YEAR} to {LAST_YEAR} AH, with months of 29 or 30 days."
        )


def to_gregorian(value: HijriDate) -> datetime.date:
    """The Gregorian day of a Hijri date. Sightings of the moon can differ from it by a day.

    Raises: DateOutOfRange: before 1343 AH, after 1500 AH, or a 30th of a month that has 29 days.
    Source: Umm al-Qura calendar, hijridate.
    """
    try:
        converted = Hijri(*value).to_gregorian()
    except (ValueError, OverflowError) as error:
        raise DateOutOfRange(value) from error
    return datetime.date(converted.year, converted.month, converted.day)
