"""Slugs for names that come without one: readable where the letters allow it, the same every time."""

from __future__ import annotations

import hashlib

from django.utils.text import slugify

from arabic import letters, normal_form

MAX_LENGTH = 60

LATIN = {
    letters.ALEF: "a",
    letters.BEH: "b",
    letters.TEH: "t",
    letters.TEH_MARBUTA: "a",
    letters.THEH: "th",
    letters.JEEM: "j",
    letters.HAH: "h",
    letters.KHAH: "kh",
    letters.DAL: "d",
    letters.THAL: "dh",
    letters.REH: "r",
    letters.ZAIN: "z",
    letters.SEEN: "s",
    letters.SHEEN: "sh",
    letters.SAD: "s",
    letters.DAD: "d",
    letters.TAH: "t",
    letters.ZAH: "z",
    letters.AIN: "a",
    letters.GHAIN: "gh",
    letters.FEH: "f",
    letters.QAF: "q",
    letters.KAF: "k",
    letters.LAM: "l",
    letters.MEEM: "m",
    letters.NOON: "n",
    letters.HEH: "h",
    letters.WAW: "w",
    letters.ALEF_MAKSURA: "a",
    letters.YEH: "y",
}
TRANSLITERATION = str.maketrans(LATIN)


def slug_for(name: str) -> str:
    """A slug of ASCII letters for a name: transliterated, or from its hash where nothing is left of it.

    >>> slug_for("الشرق الأوسط")
    'alshrq-alawst'
    """
    slug = slugify(normal_form(name).translate(TRANSLITERATION))[:MAX_LENGTH].strip("-")
    return slug or f"name-{short_hash(name)}"


def slug_beside_others(name: str) -> str:
    """A slug for a name whose plain slug another name has: the hash of the name tells them apart."""
    return f"{slug_for(name)}-{short_hash(name)}"


def short_hash(name: str) -> str:
    """Eight hexadecimal digits that depend on the name alone."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]
