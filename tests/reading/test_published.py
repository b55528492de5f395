"""The date that a record's field gives."""

from __future__ import annotations

import pytest

from archive.ingest.reading.published import read_published


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2015", "2015-01-01 year"),
        ("2015-11", "2015-11-01 month"),
        ("2015-11-21", "2015-11-21 day"),
        ("2015/11/21", "2015-11-21 day"),
        ("٢٠١٥-١١-٢١", "2015-11-21 day"),
        ("2015-11-21T21:59", "2015-11-21 21:59:00 time"),
        ("2015-11-21 21:59:07.123", "2015-11-21 21:59:07 time"),
        ("2015-11-21T21:59:00+03:00", "2015-11-21 21:59:00 time"),
        ("2015-11-21T21:59:00Z", "2015-11-21 21:59:00 time"),
        ("2017-01-22T171800", "2017-01-22 17:18:00 time"),
        ("29/04/2017", "2017-04-29 day"),
        ("السبت 21/نوفمبر/2015 - 09:59 م", "2015-11-21 21:59:00 time"),
        ("الأربعاء 1 محرم 1437 هـ - 14 أكتوبر 2015", "2015-10-14 day"),
        ("2015-13-01", None),
        ("2015-00-00", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("الأحد 21 نوفمبر 2015", None),
        ("21 نوفمبر 2015 و 25 نوفمبر 2015", None),
        ("1448116740", None),
        ("أمس", None),
        ("", None),
    ],
)
def test_date_is_read_to_its_precision_or_not_at_all(raw: str, expected: str | None) -> None:
    found = read_published(raw)
    if found is None:
        assert expected is None
        return
    time = f" {found.time}" if found.time else ""
    assert f"{found.day}{time} {found.precision}" == expected
    assert found.raw == raw
