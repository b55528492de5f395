"""What is kept of the database holds for exactly as long as nobody writes to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from archive.models import Outlet
from archive.selectors.choices import outlet_choices
from archive.unchanged import moment, while_unchanged

pytestmark = pytest.mark.django_db(transaction=True)


def _elsewhere(write: Callable[[], object]) -> None:
    """Do this on another connection, as another process would."""

    def run() -> None:
        write()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def _add(slug: str) -> Outlet:
    return Outlet.objects.create(slug=slug, name=slug)


def test_the_same_moment_lasts_while_nothing_is_written() -> None:
    assert moment() == moment()


def test_a_write_of_ones_own_is_a_new_moment() -> None:
    before = moment()
    _add("al-riyadh")
    assert moment() != before


def test_a_write_of_another_connection_is_a_new_moment() -> None:
    before = moment()
    _elsewhere(lambda: _add("al-riyadh"))
    assert moment() != before


def test_another_thread_begins_no_moment_that_was_before() -> None:
    moments = [moment()]
    _elsewhere(lambda: moments.append(moment()))
    _elsewhere(lambda: _add("al-riyadh"))
    moments.append(moment())
    assert moments[2] not in moments[:2]


def test_within_a_transaction_nothing_is_kept() -> None:
    assert outlet_choices() == []
    with transaction.atomic():
        _add("al-riyadh")
        assert moment() is None
        assert [outlet.slug for outlet in outlet_choices()] == ["al-riyadh"]
        transaction.set_rollback(True)
    assert outlet_choices() == []


def test_what_is_kept_is_not_asked_for_again(django_assert_num_queries: Callable[..., object]) -> None:
    _add("al-riyadh")
    assert [outlet.slug for outlet in outlet_choices()] == ["al-riyadh"]
    asks = 0 if connection.vendor == "sqlite" else 1
    with django_assert_num_queries(asks):  # type: ignore[attr-defined]
        outlet_choices()


@pytest.mark.parametrize("by", ["itself", "another"])
def test_what_is_kept_is_read_again_after_a_write(by: str) -> None:
    _add("al-riyadh")
    outlet_choices()
    if by == "itself":
        _add("okaz")
    else:
        _elsewhere(lambda: _add("okaz"))
    assert [outlet.slug for outlet in outlet_choices()] == ["al-riyadh", "okaz"]
    Outlet.objects.all().delete()
    assert outlet_choices() == []


def test_only_the_latest_answers_are_kept() -> None:
    read: list[int] = []

    @while_unchanged(most=2)
    def double(number: int) -> int:
        read.append(number)
        return 2 * number

    assert [double(number) for number in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert read == [1, 2, 3, 1, 2]


def test_a_file_of_the_database_knows_of_other_processes(tmp_path: Path) -> None:
    """What `moment` builds on: SQLite counts the commits of others and the changes of one's own."""
    import sqlite3

    one, other = (sqlite3.connect(tmp_path / "some.sqlite3", isolation_level=None) for _ in range(2))
    one.execute("PRAGMA journal_mode=WAL")
    one.execute("CREATE TABLE word (text)")

    def version() -> tuple[int, int]:
        return one.execute("PRAGMA data_version").fetchone()[0], one.total_changes

    seen = [version()]
    for writer, statement in ((other, "INSERT INTO word VALUES (1)"), (one, "DELETE FROM word")):
        writer.execute(statement)
        seen.append(version())
    assert len(set(seen)) == 3
