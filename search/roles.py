"""Who may do what: three groups that every `migrate` makes and keeps as they are written here.

A reader has an account and nothing else. A curator makes right what machines read, and takes files in. An
administrator may do all, among it what curators may not: take a run back, see the original of a withdrawn
article, and give others their roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Role(StrEnum):
    """A group of this name says what its members may do."""

    READER = "reader"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Final = {
    Role.READER: pgettext_lazy("role", "reader"),
    Role.CURATOR: pgettext_lazy("role", "curator"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "administrator"),
}
OURS: Final = ("archive", "search")
PEOPLE: Final = ("user",)
CURATED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "archive": {
        "article": ("change",),
        "articlepair": ("change",),
        "namesuggestion": ("change",),
        "outlet": ("add", "change"),
        "agency": ("add", "change"),
        "author": ("add", "change"),
        "sourcefile": ("add",),
    },
    "search": {"spellinggroup": ("add", "change", "delete")},
}
"""What a curator may do besides looking at all that is held; `sourcefile` added: files taken in."""
PRIVATE: Final = ("articlelist", "listedarticle", "savedsearch")
"""What readers keep is theirs: no role looks into it."""


@transaction.atomic
def keep_roles() -> None:
    """Make the groups that are missing and give each what is written here, no more and no less."""
    for role, permissions in _permissions():
        group, _new = Group.objects.get_or_create(name=role.value)
        group.permissions.set(permissions)


def _permissions() -> Iterator[tuple[Role, list[Permission]]]:
    ours = Permission.objects.filter(content_type__app_label__in=OURS).exclude(
        content_type__model__in=PRIVATE
    )
    people = Permission.objects.filter(content_type__app_label="auth", content_type__model__in=PEOPLE)
    yield Role.READER, []
    yield Role.CURATOR, list(ours.filter(_of_curators()))
    yield Role.ADMINISTRATOR, [*ours, *people]


def _of_curators() -> Q:
    wanted = Q(codename__startswith="view_")
    for app, models in CURATED.items():
        codenames = [f"{verb}_{model}" for model, verbs in models.items() for verb in verbs]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return wanted


def role_of(user: User) -> Role | None:
    """The highest role that an account has; None where it has none of these."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(Role) if role.value in names), None)


@transaction.atomic
def give_role(*, user: User, role: Role) -> None:
    """Put an account into the group of this role and no other of ours; whoever curates may enter the desk."""
    others = Group.objects.filter(name__in=[other.value for other in Role if other is not role])
    user.groups.remove(*others)
    user.groups.add(Group.objects.get(name=role.value))
    user.is_staff = role is not Role.READER or user.is_superuser
    user.save(update_fields=["is_staff"])
