"""What stands in the place of a withdrawn article, and who may still read its original."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from archive.models import Article
from archive.services.withdrawal import restore, withdraw
from tests.archive.builders import BODY, take_in

pytestmark = pytest.mark.django_db

ADDRESSES = ("/articles/{}/", "/articles/{}/source/", "/articles/{}.txt", "/articles/{}.pdf")


@pytest.fixture
def article(tmp_path: Path, settings: object, archive_folder: Path) -> Article:
    return take_in(tmp_path / "in", {"title": "عنوان سري", "body": BODY})[0]


@pytest.fixture
def archive_folder(tmp_path: Path, settings: object, db: None) -> Path:
    folder = tmp_path / "data"
    settings.ARSHIF_ORIGINALS_DIR = folder / "originals"  # type: ignore[attr-defined]
    settings.ARSHIF_LOCK_DIR = folder / "locks"  # type: ignore[attr-defined]
    return folder


@pytest.mark.parametrize(("language", "since"), [("ar", "سُحب منذ"), ("en", "Withdrawn since")])
def test_address_says_since_when_and_why(article: Article, client: Client, language: str, since: str) -> None:
    curator = User.objects.create_superuser("amina")
    withdraw(articles=[article], reason="بطلب من الصحيفة <b>نفسها</b>", curator=curator)
    client.cookies["lang"] = language
    for address in ADDRESSES:
        answer = client.get(address.format(article.uid))
        text = answer.content.decode()
        assert answer.status_code == 410
        assert "بطلب من الصحيفة &lt;b&gt;" in text
        assert since in text
        assert str(timezone.localdate().year) in text
        assert "عنوان سري" not in text
        assert BODY not in text
        assert "/source/" not in text
    restore(articles=[article], curator=curator)
    assert client.get(ADDRESSES[0].format(article.uid)).status_code == 200


def test_original_is_for_administrators_only(article: Article, client: Client) -> None:
    withdraw(articles=[article], reason="خطأ", curator=User.objects.create_superuser("amina"))
    address = ADDRESSES[1].format(article.uid)
    reader = User.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(address).status_code == 410
    reader.user_permissions.add(Permission.objects.get(codename="read_withdrawn"))
    answer = client.get(address)
    assert answer.status_code == 200
    assert BODY[:40] in answer.content.decode()
    assert address in client.get(ADDRESSES[0].format(article.uid)).content.decode()
