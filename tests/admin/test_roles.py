"""Roles: three groups made with the tables, given in the list of accounts, and no way up for those below."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from search.roles import Role, give_role, role_of

pytestmark = pytest.mark.django_db
USERS = reverse("admin:auth_user_changelist")


def account(name: str, role: Role) -> User:
    user = User.objects.create_user(name, password="a long enough password")
    give_role(user=user, role=role)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(account("samir", Role.ADMINISTRATOR))
    return client


def test_groups_come_with_the_tables() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"reader", "curator", "administrator"}


def test_migrating_again_puts_right_what_was_changed_by_hand() -> None:
    curator = Group.objects.get(name="curator")
    before = set(curator.permissions.all())
    curator.permissions.add(Permission.objects.get(codename="delete_article"))
    curator.permissions.remove(Permission.objects.get(codename="change_article"))
    Group.objects.get(name="reader").delete()
    call_command("migrate", verbosity=0)
    assert set(curator.permissions.all()) == before
    assert Group.objects.filter(name="reader").exists()


@pytest.mark.parametrize(
    ("permission", "holders"),
    [
        ("archive.view_article", {"curator", "administrator"}),
        ("archive.change_article", {"curator", "administrator"}),
        ("archive.add_sourcefile", {"curator", "administrator"}),
        ("archive.delete_article", {"administrator"}),
        ("archive.delete_ingestrun", {"administrator"}),
        ("archive.change_evidence", {"administrator"}),
        ("auth.change_user", {"administrator"}),
        ("search.view_savedsearch", set()),
    ],
)
def test_each_role_may_what_it_should(permission: str, holders: set[str]) -> None:
    assert {role.value for role in Role if account(role.value, role).has_perm(permission)} == holders


@pytest.mark.parametrize(
    ("role", "is_staff"), [("reader", False), ("curator", True), ("administrator", True)]
)
def test_account_is_made_with_its_role(administrator: Client, role: str, is_staff: bool) -> None:
    password = "قلم ومحبرة وورق كثير"
    made = {"username": "nada", "usable_password": "true", "password1": password, "password2": password}
    assert administrator.post(reverse("admin:auth_user_add"), {**made, "role": role}).status_code == 302
    nada = User.objects.get(username="nada")
    assert (role_of(nada), nada.is_staff) == (role, is_staff)


def test_another_role_takes_the_place_of_the_first(administrator: Client) -> None:
    nada = account("nada", Role.CURATOR)
    address = reverse("admin:auth_user_change", args=[nada.pk])
    assert administrator.post(address, {"username": "nada", "role": "reader"}).status_code == 302
    nada = User.objects.get(pk=nada.pk)
    assert (role_of(nada), nada.is_staff, nada.groups.count()) == (Role.READER, False, 1)


def test_administrator_makes_and_touches_no_superuser(administrator: Client) -> None:
    chief = User.objects.create_superuser("huda", password="a long enough password")
    address = reverse("admin:auth_user_change", args=[chief.pk])
    administrator.post(address, {"username": "mine", "role": "reader"})
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert administrator.get(password).status_code == 403
    nada = account("nada", Role.READER)
    changed = {"username": "nada", "is_superuser": "on", "is_staff": "on", "role": "reader"}
    administrator.post(reverse("admin:auth_user_change", args=[nada.pk]), changed)
    assert User.objects.get(pk=chief.pk).username == "huda"
    assert not User.objects.get(pk=nada.pk).is_superuser
    assert not User.objects.get(pk=nada.pk).is_staff


@pytest.mark.parametrize("language", ["ar", "en"])
def test_list_of_accounts_says_roles_in_words(administrator: Client, language: str) -> None:
    account("nada", Role.CURATOR)
    administrator.cookies["lang"] = language
    page = administrator.get(USERS).content.decode()
    assert {"ar": "أمين", "en": "curator"}[language] in page
