"""What is known of single sites' pages: data, matched line by line. Nothing here is needed to read a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arabic import normal_form
from arabic.aligned import aligned_normal_form
from archive.ingest.reading.types import Profile

if TYPE_CHECKING:
    from archive.ingest.reading.units import Line

TOP_LINES: Final = 4
FOOT_LINES: Final = 12
"""Lines from top and foot among which a site's own line is looked for."""
HOLE: Final = "{}"


@dataclass(frozen=True, slots=True, eq=False)
class SiteProfile:
    """A profile ready for matching: one expression for all phrases of a kind, over normal forms."""

    outlet: str
    known_by: re.Pattern[str]
    headline: re.Pattern[str]
    furniture: re.Pattern[str]
    clocks: re.Pattern[str]
    ends: re.Pattern[str]

    def is_furniture(self, line: Line) -> bool:
        """Whether a line is one that the site prints on its pages."""
        return matches(self.furniture, line)

    def is_clock(self, line: Line) -> bool:
        """Whether a line's date is the page's own."""
        return matches(self.clocks, line)

    def is_end(self, line: Line) -> bool:
        """Whether the article is over where this line stands."""
        return matches(self.ends, line)

    def headline_in(self, line: Line) -> str | None:
        """The headline that a line of the site's form holds, or None."""
        aligned = aligned_normal_form(line.text)
        match = self.headline.fullmatch(aligned.text)
        if match is None:
            return None
        start, end = next(match.span(name) for name in match.groupdict() if match[name])
        start, end = aligned.written(start, end)
        return line.text[start:end].strip()


def compiled(profile: Profile) -> SiteProfile:
    """A profile ready for matching."""
    return SiteProfile(
        outlet=profile.outlet,
        known_by=any_of(profile.known_by),
        headline=any_of(profile.headline),
        furniture=any_of(profile.furniture),
        clocks=any_of(profile.clocks),
        ends=any_of(profile.ends),
    )


def site_lines(
    profiles: Sequence[SiteProfile], known: re.Pattern[str], lines: Sequence[Line]
) -> list[tuple[SiteProfile, Line]]:
    """The lines near the top or at the foot that make a page a known site's, with its profile, in order.

    `known` is one expression for all that the profiles know pages by: most lines are none of any site's.
    """
    near = [*lines[:TOP_LINES], *lines[max(TOP_LINES, len(lines) - FOOT_LINES) :]] if profiles else []
    return [
        (profile, line)
        for line in near
        if not line.is_paragraph and matches(known, line)
        for profile in profiles
        if matches(profile.known_by, line)
    ]


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One expression for phrases in normal form: `*` stands for any words, `{}` for the words wanted."""
    parts = [_expression(pattern, number) for number, pattern in enumerate(patterns)]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def matches(pattern: re.Pattern[str], line: Line) -> bool:
    """Whether a whole line is like one of the pattern's phrases."""
    return pattern.fullmatch(line.normal) is not None


def _expression(pattern: str, number: int) -> str:
    wild = {"*": ".+", HOLE: rf"(?P<hole{number}>.+)"}
    parts = re.split(r"(\*|\{\})", pattern)
    return "".join(wild.get(part) or re.escape(normal_form(part)) for part in parts)
