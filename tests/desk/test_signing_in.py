"""Readers sign in with an account of any kind, and whoever guesses passwords waits."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from search.desk.guesses import MOST_GUESSES

pytestmark = pytest.mark.django_db


def sign_in(client: Client, name: str, password: str, **more: str) -> int:
    return client.post("/login/", {"username": name, "password": password, **more}).status_code


def test_a_reader_who_is_no_curator_gets_into_a_closed_archive(
    client: Client, layla: User, password: str, settings: LazySettings
) -> None:
    settings.ARSHIF_ACCESS = "login"
    asked = client.get("/search/?q=السد", follow=True)
    assert asked.redirect_chain[0][0].startswith("/login/?next=/search/%3Fq%3D")
    assert asked.status_code == 200
    answer = client.post("/login/", {"username": "ليلى", "password": password, "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    assert client.get("/help/").status_code == 200
    assert client.get("/admin/").status_code == 302


def test_without_a_place_to_go_one_comes_to_the_desk(client: Client, layla: User, password: str) -> None:
    answer = client.post(
        "/login/", {"username": "ليلى", "password": password, "next": "https://example.org/"}
    )
    assert answer.headers["Location"] == "/desk/"
    assert "ليلى" in client.get("/desk/").content.decode()


def test_signing_out_needs_a_form(reader: Client) -> None:
    assert reader.get("/logout/").status_code == 405
    assert "/logout/" in reader.get("/desk/").content.decode()
    assert reader.post("/logout/").headers["Location"] == "/desk/"
    assert "/logout/" not in reader.get("/desk/").content.decode()


def test_a_reader_changes_the_password(reader: Client, layla: User, password: str) -> None:
    new = "another word that is long"
    wrong = {"old_password": "x", "new_password1": new, "new_password2": new}
    assert 'class="mistake"' in reader.post("/password/", wrong).content.decode()
    answer = reader.post("/password/", {**wrong, "old_password": password})
    assert answer.headers["Location"] == "/password/changed/"
    assert reader.get("/password/changed/").status_code == 200
    assert sign_in(Client(), "ليلى", new) == 302


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_wrong_password_is_said(client: Client, layla: User, language: str) -> None:
    client.get(f"/login/?lang={language}")
    answer = client.post("/login/", {"username": "ليلى", "password": "x"})
    assert 'class="mistake" role="alert"' in answer.content.decode()


def test_after_too_many_guesses_even_the_right_password_waits(
    client: Client, layla: User, amin: User, password: str
) -> None:
    client.get("/login/?lang=en")
    for _ in range(MOST_GUESSES):
        assert sign_in(client, "ليلى", "wrong") == 200
    answer = client.post("/login/", {"username": "ليلى", "password": password})
    assert "try again in 10 minutes" in answer.content.decode()
    assert sign_in(Client(), "ليلى", password) == 200
    assert sign_in(Client(), "amin", password) == 302
    assert sign_in(Client(REMOTE_ADDR="203.0.113.7"), "ليلى", password) == 302


def test_guesses_are_counted_on_the_desk_of_curators_too(client: Client, layla: User, password: str) -> None:
    layla.is_staff = True
    layla.save()
    for _ in range(MOST_GUESSES):
        client.post("/admin/login/", {"username": "ليلى", "password": "wrong"})
    assert client.post("/admin/login/", {"username": "ليلى", "password": password}).status_code == 200


def test_whoever_signs_in_is_not_held_to_old_mistakes(client: Client, layla: User, password: str) -> None:
    for _ in range(3):
        for _ in range(MOST_GUESSES - 1):
            sign_in(client, "ليلى", "wrong")
        assert sign_in(client, "ليلى", password) == 302
