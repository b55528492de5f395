"""Changes to the archive's list: the project's new groups come in, what a curator said stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arabic import normal_form
from search.models import SpellingGroup
from search.variants.shipped import ShippedGroup
from search.variants.spelling import (
    MAX_SPELLING_WORDS,
    Spelling,
    is_arabic,
    is_particle,
    read_spelling,
)


@transaction.atomic
def take_over(groups: Sequence[ShippedGroup]) -> int:
    """Bring the archive's list up to the project's; answers how many groups came in.

    A group that a curator changed stays as it is. One that spells what another group in use spells comes in
    switched off. One that the project dropped goes, unless a curator changed it (then it is the archive's
    own) or switched it off (then it stays so, should it come back).
    """
    held = {row.shipped_as: row for row in SpellingGroup.objects.exclude(shipped_as="")}
    taken = _words_of(row for row in SpellingGroup.objects.filter(in_use=True) if not _follows(row))
    new = [_row(group, taken) for group in groups if group.key not in held]
    SpellingGroup.objects.bulk_create(new)
    for group in groups:
        row = held.pop(group.key, None)
        if row is not None and _follows(row) and _is_other(row, group):
            _rewrite(row, group, taken)
    _let_go(held.values())
    return len(new)


def _follows(row: SpellingGroup) -> bool:
    """Whether a group is the project's as it came."""
    return bool(row.shipped_as) and not row.edited


def _is_other(row: SpellingGroup, group: ShippedGroup) -> bool:
    return row.texts != list(group.spellings) or row.kind != group.kind


def _row(group: ShippedGroup, taken: set[str]) -> SpellingGroup:
    row = SpellingGroup(
        spellings="\n".join(group.spellings),
        kind=group.kind,
        shipped_as=group.key,
        in_use=taken.isdisjoint(map(normal_form, group.spellings)),
    )
    row.fold()
    return row


def _rewrite(row: SpellingGroup, group: ShippedGroup, taken: set[str]) -> None:
    row.spellings, row.kind = "\n".join(group.spellings), group.kind
    row.in_use = row.in_use and taken.isdisjoint(map(normal_form, group.spellings))
    row.save()


def _let_go(dropped: Iterable[SpellingGroup]) -> None:
    for row in dropped:
        if row.edited:
            row.shipped_as = ""
            row.save()
        elif row.in_use:
            row.delete()


def _words_of(rows: Iterable[SpellingGroup]) -> set[str]:
    return {normal_form(text) for row in rows for text in row.texts}


def set_in_use(*, groups: QuerySet[SpellingGroup], in_use: bool) -> tuple[int, list[Mistake]]:
    """Switch groups on or off; how many were, and why others could not be switched on."""
    changed, mistakes = 0, []
    for row in groups.exclude(in_use=in_use):
        clash = mistake_beside_others(row.texts, but=row.pk) if in_use else None
        if clash is not None:
            mistakes.append(clash)
            continue
        row.in_use = in_use
        row.save()
        changed += 1
    return changed, mistakes


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why spellings cannot be a group, with the remedy, in the curator's language."""

    message: str


def mistakes_of(texts: Sequence[str]) -> list[Mistake]:
    """What is wrong with a group of spellings taken by itself."""
    spellings = [read_spelling(text) for text in texts]
    found = [mistake for spelling in spellings if (mistake := _mistake(spelling)) is not None]
    if len(texts) < 2:
        found.append(Mistake(_("Write at least two spellings, each on a line of its own.")))
    return [*found, *_twins(spellings)]


def _mistake(spelling: Spelling) -> Mistake | None:
    name = {"name": spelling.text}
    if not is_arabic(spelling):
        message = _("“%(name)s” has no Arabic letters: write the name as Arabic newspapers do.")
    elif len(spelling.normals) > MAX_SPELLING_WORDS:
        name["count"] = str(MAX_SPELLING_WORDS)
        message = _("“%(name)s” is longer than %(count)s words: write only the name.")
    elif is_particle(spelling):
        message = _("“%(name)s” is a particle that almost every article has: leave it out.")
    else:
        return None
    return Mistake(message % name)


def _twins(spellings: Sequence[Spelling]) -> list[Mistake]:
    """Spellings that are one to the search already."""
    found, seen = [], dict[tuple[str, ...], Spelling]()
    message = _("“%(one)s” and “%(other)s” are found together anyway: leave one of them out.")
    for spelling in spellings:
        twin = seen.setdefault(spelling.normals, spelling)
        if twin is not spelling:
            found.append(Mistake(message % {"one": twin.text, "other": spelling.text}))
    return found


def mistake_beside_others(texts: Sequence[str], *, but: int | None) -> Mistake | None:
    """The clash of a group with another that is in use (`but`: the key of the group itself)."""
    wanted = {read_spelling(text).normals: text for text in texts}
    for row in SpellingGroup.objects.filter(in_use=True):
        if row.pk == but:
            continue
        for text in row.texts:
            if (mine := wanted.get(read_spelling(text).normals)) is not None:
                message = _(
                    "“%(name)s” already stands in another group (%(group)s): add your spellings there, or "
                    "take that group out of use first."
                )
                return Mistake(message % {"name": mine, "group": str(row)})
    return None
