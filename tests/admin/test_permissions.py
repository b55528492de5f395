"""Who may do what: every address of pages, API and desk, asked and posted to by each role, as a table.

An address that is not in the table fails the test: whoever adds one says here who may use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from archive.models import Act, Article, ArticleChange, IngestOutcome
from search.models import ArticleList, SavedSearch, SpellingGroup
from search.roles import Role
from search.upkeep import flush
from tests.admin.test_admin import articles as _articles
from tests.admin.test_roles import account

articles = _articles
pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permissions.txt")
PLACES = re.compile(r"<(?:[a-z_]+:)?([a-z_]+)>")
ROLES = ("anonymous", "reader", "curator", "administrator")


def rows() -> dict[str, list[str]]:
    """The table: of each address what GET answers to each role, and then what POST does."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return {line[0]: line[1:] for line in lines if line and not line[0].startswith("#")}


def addresses(resolver: Any = None, within: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address, with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from addresses(pattern, space)
        elif pattern.name:
            yield within + pattern.name, pattern


@pytest.fixture
def things(articles: list[Article], tmp_path: Path, settings: Any) -> dict[str, Any]:
    """One row of all that addresses name; lists and searches belong to a reader of none of the roles."""
    for name in ("LOCK", "ORIGINALS", "UPLOAD"):
        setattr(settings, f"ARSHIF_{name}_DIR", tmp_path / name.lower())
    connection = settings.HAYSTACK_CONNECTIONS["default"]
    settings.HAYSTACK_CONNECTIONS = {"default": {**connection, "PATH": str(tmp_path / "index")}}
    flush()
    original = tmp_path / "originals" / "aa" / articles[0].source.sha256
    original.parent.mkdir(parents=True)
    original.write_text("نص المقال كما ورد في الأصل، وما يليه.", encoding="utf-8")
    ArticleChange.objects.create(article_uid=articles[0].uid)
    someone = User.objects.create_user("someone")
    act = Act.objects.create(kind="bulk", curator=someone, at=timezone.now(), articles=1)
    first = IngestOutcome.objects.get(outcome="new")
    outcome = IngestOutcome.objects.create(
        run=first.run, name="x", outcome="quarantined", reason="?", sha256="b" * 64, kept=True
    )
    return {
        "act": act.pk,
        "user": someone.pk,
        "spellinggroup": SpellingGroup.objects.order_by("pk")[0].pk,
        "article": articles[0].pk,
        "ingestoutcome": outcome.pk,
        "uid": articles[0].uid,
        "list": ArticleList.objects.create(owner=someone, name="أ").pk,
        "search": SavedSearch.objects.create(owner=someone, name="أ", asked="q=أ").pk,
    }


def arguments(name: str, pattern: Any, things: dict[str, Any]) -> dict[str, Any]:
    """What an address is completed with."""
    usual = {
        "uid": things["uid"], "slug": "riwaq", "form": "csv", "year": 2015, "month": 11, "day": 2, "key": "أ",
        "kind": "sections", "section": "articles", "app_label": "archive", "content_type_id": 1,
        "object_id": 1, "pk": 1, "id": things["user"],
    }  # fmt: skip
    model = re.search(r"(?:archive|search|auth)_([a-z]+)_", name)
    if model:
        key = things.get(model[1]) or _first(model[1])
        usual |= {"object_id": key, "pk": key}
    elif name.startswith("search:"):
        usual["pk"] = things["search" if "search" in name.partition(":")[2] or "looked" in name else "list"]
    elif name.startswith("queue:"):
        of = {"queue:pair": "articlepair", "queue:file": "ingestoutcome"}.get(name, "article")
        usual |= {"kind": "untitled", "key": things.get(of) or _first(of)}
    if name == "archive:export":
        usual["form"] = "json"
    return {given: usual[given] for given in PLACES.findall(str(pattern.pattern))}


def _first(model: str) -> int:
    from django.apps import apps

    row = apps.get_model("archive", model)._default_manager.first()
    assert row is not None
    return int(row.pk)


def clients() -> dict[str, str]:
    """The session of each role."""
    sessions = {"anonymous": ""}
    for role in Role:
        client = Client()
        client.force_login(account(role.value, role))
        sessions[role.value] = client.cookies["sessionid"].value
    return sessions


def answer(session: str, method: str, address: str) -> str:
    """What an address answers: its status, or `login` where it asks to sign in; nothing of it stays."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        got = getattr(client, method)(address)
        if got.streaming:
            got.getvalue()  # to its end, where the client closes it but not the connection
        transaction.set_rollback(True)
    if got.status_code == 302 and "/login/?next=" in got.headers["Location"]:
        return "login"
    return str(got.status_code)


def tried(things: dict[str, Any]) -> dict[str, list[str]]:
    """The table as it is."""
    sessions = clients()
    found = {}
    for name, pattern in addresses():
        address = reverse(name, kwargs=arguments(name, pattern, things) or None)
        found[name] = [
            answer(sessions[role], method, address) for method in ("get", "post") for role in ROLES
        ]
    return found


def test_every_address_answers_each_role_as_the_table_says(things: dict[str, Any]) -> None:
    found = tried(things)
    wanted = rows()
    assert found.keys() - wanted.keys() == set(), "say in permissions.txt who may use them"
    assert wanted.keys() - found.keys() == set(), "no such addresses"
    differing = {name: (wanted[name], found[name]) for name in found if wanted[name] != found[name]}
    assert differing == {}


OPEN = {"search:login", "archive:health", "archive:robots", "admin:login"}
"""What answers without an account even where readers need one; the desk asks for one by itself."""


def test_with_login_asked_for_nobody_reads_anything_without_an_account(
    things: dict[str, Any], settings: Any
) -> None:
    settings.ARSHIF_ACCESS = "login"
    for name, pattern in addresses():
        if name in OPEN:
            continue
        address = reverse(name, kwargs=arguments(name, pattern, things) or None)
        for method in ("get", "post"):
            assert answer("", method, address) in {"login", "302"}, (name, method)


def test_no_reader_gets_into_the_desk() -> None:
    ours = {name: row for name, row in rows().items() if name.split(":")[0] in {"admin", "curation", "queue"}}
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n"}
    for name, row in ours.items():
        if name not in open_to_all:
            assert {row[0], row[1], row[4], row[5]} <= {"login", "302"}, name
