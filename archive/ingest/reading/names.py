"""Known outlets, agencies and places, found by any way they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arabic import normal_form
from archive.ingest.reading.profiles import SiteProfile, any_of, compiled
from archive.ingest.reading.types import DateLabels, Knowledge, KnownName, NameRef

_NOT_WORD: Final = re.compile(r"[\W_]+")
_HOST: Final = re.compile(r"^(?:https?:)?//(?:[^/@\s]*@)?([^/:\s?#]+)", re.IGNORECASE)


def name_key(name: str) -> str:
    """What two spellings of a name share: its letters and digits in normal form (`أ.ف.ب` and `ا ف ب` are
    one)."""
    return key_of(normal_form(name))


def key_of(normal: str) -> str:
    """The same of what is in normal form."""
    bare = normal.replace(" ", "")
    return bare if bare.isalnum() else _NOT_WORD.sub("", bare)


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words before a date, by what the date then is; in normal form, any of a kind in one expression."""

    published: re.Pattern[str]
    updated: re.Pattern[str]
    clock: re.Pattern[str]
    issue: re.Pattern[str]
    ahead: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Knowledge made ready for looking up: by key of every name and alias, and by host."""

    outlets: dict[str, KnownName]
    agencies: dict[str, KnownName]
    hosts: dict[str, KnownName]
    by_slug: dict[str, KnownName]
    places: frozenset[str]
    place_leads: frozenset[str]
    furniture: frozenset[str]
    furniture_patterns: re.Pattern[str]
    related_headings: frozenset[str]
    sections: frozenset[str]
    site_words: frozenset[str]
    comment_headings: frozenset[str]
    joining_words: frozenset[str]
    words_in_waw: frozenset[str]
    given_names: frozenset[str]
    labels: DateWords
    date_words: frozenset[str]
    profiles: tuple[SiteProfile, ...]
    known_sites: re.Pattern[str]

    def outlet(self, name: str) -> KnownName | None:
        """The outlet written so, or None."""
        return self.outlets.get(name_key(name))

    def outlet_by_slug(self, slug: str) -> KnownName | None:
        """The outlet of a slug, or None."""
        return self.by_slug.get(slug)

    def agency(self, name: str) -> KnownName | None:
        """The agency written so, or None."""
        return self.agencies.get(name_key(name))

    def is_place(self, name: str) -> bool:
        """Whether a dateline's part is a known city or country."""
        return name_key(name) in self.places

    def sounds_like_place(self, name: str) -> bool:
        """Whether two or three words are led by one that place names begin with (عين، كفر، وادي)."""
        words = name.split()
        return len(words) in (2, 3) and name_key(words[0]) in self.place_leads

    def is_given_name(self, word: str) -> bool:
        """Whether persons are called so."""
        return name_key(word) in self.given_names

    def outlet_by_url(self, url: str) -> KnownName | None:
        """The outlet whose site an address belongs to, or None."""
        match = _HOST.match(url)
        labels = match.group(1).lower().split(".") if match else []
        for first in range(len(labels) - 1):
            if known := self.hosts.get(".".join(labels[first:])):
                return known
        return None


def outlet_ref(lexicon: Lexicon, name: str) -> NameRef:
    """An outlet's name as the source gives it, with the slug of the outlet it stands for."""
    known = lexicon.outlet(name)
    return NameRef(name, known.slug if known else None)


def agency_ref(lexicon: Lexicon, name: str) -> NameRef:
    """An agency's name as the source gives it, with the slug of the agency it stands for."""
    known = lexicon.agency(name)
    return NameRef(name, known.slug if known else None)


@lru_cache(maxsize=8)
def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The knowledge made ready for looking up; the first outlet to claim an alias keeps it."""
    return Lexicon(
        outlets=_by_key(knowledge.outlets),
        agencies=_by_key(knowledge.agencies),
        hosts={host: known for known in reversed(knowledge.outlets) for host in known.domains},
        by_slug={known.slug: known for known in reversed(knowledge.outlets)},
        places=frozenset(map(name_key, knowledge.places)),
        place_leads=frozenset(map(name_key, knowledge.place_leads)),
        furniture=frozenset(map(name_key, knowledge.furniture)),
        furniture_patterns=any_of(knowledge.furniture_patterns),
        related_headings=frozenset(map(name_key, knowledge.related_headings)),
        sections=frozenset(map(name_key, knowledge.sections)),
        site_words=frozenset(map(name_key, knowledge.site_words)),
        comment_headings=frozenset(map(name_key, knowledge.comment_headings)),
        joining_words=frozenset(map(name_key, knowledge.joining_words)),
        words_in_waw=frozenset(map(name_key, knowledge.words_in_waw)),
        given_names=frozenset(map(name_key, knowledge.given_names)),
        labels=DateWords(
            published=_words_of(knowledge.date_labels.published),
            updated=_words_of(knowledge.date_labels.updated),
            clock=_words_of(knowledge.date_labels.clock),
            issue=_words_of(knowledge.date_labels.issue),
            ahead=_words_of(knowledge.date_labels.ahead),
        ),
        date_words=_single_words(knowledge.date_labels),
        profiles=tuple(map(compiled, knowledge.profiles)),
        known_sites=any_of([phrase for profile in knowledge.profiles for phrase in profile.known_by]),
    )


def spellings(known: KnownName) -> tuple[str, ...]:
    """Every way a known name is written, its own first."""
    return tuple(filter(None, (known.name, known.name_latin, known.slug, *known.aliases)))


def _single_words(labels: DateLabels) -> frozenset[str]:
    """The words that stand beside a date and say nothing of the article, in normal form."""
    phrases = (*labels.published, *labels.updated, *labels.issue, *labels.beside)
    return frozenset(word for phrase in phrases for word in normal_form(phrase).lower().split())


def _words_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for phrases anywhere in a normal form, as words of their own, the longest first."""
    ordered = sorted(map(normal_form, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)" if ordered else r"(?!)")


def _by_key(names: tuple[KnownName, ...]) -> dict[str, KnownName]:
    return {name_key(spelling): known for known in reversed(names) for spelling in reversed(spellings(known))}
