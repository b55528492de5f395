"""How long each list of the curation desk takes the server, and how often it asks the database.

    python -m benchmarks.desk COPY [--many 10000] [--json FILE.json]

Every list is opened as a curator through Django's test client, without a network: those of the models, the
queues, the rules, the archive's health, and the form of many for a search. A list is opened right after
something was written, then again; then every link of it is followed that narrows, orders or turns pages, and
a word is searched in it. Figures are processor time in milliseconds, so that other programs do not count; the
worst link is named. With `--many`, so many articles get another section as one act, the index is brought up
to date in the same process, the next search must find them, and the act is taken back. The archive is written
to: give a copy.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import platform
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

ROOT: Final = Path(__file__).resolve().parent.parent
MOST_QUERIES: Final = 19
MOST_MS: Final = 500
MOST_SECONDS_OF_MANY: Final = 60
CURATOR: Final = "benchmark-of-the-desk"
SECTION: Final = "باب القياس"
LINK: Final = re.compile(r'href="(\?[^"]+)"')
OUTLET: Final = re.compile(r'<option value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Opened:
    """One request: milliseconds of processor time, database queries, bytes."""

    ms: float
    queries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A list: right after a write, once more, and the link of it that took longest."""

    name: str
    address: str
    after_write: Opened
    again: Opened
    links: int
    worst: Opened
    worst_link: str

    @property
    def is_amiss(self) -> bool:
        """Whether it takes longer, or asks more often, than a curator should wait for."""
        opened = (self.after_write, self.again, self.worst)
        return any(one.ms >= MOST_MS or one.queries > MOST_QUERIES for one in opened)


@dataclass(frozen=True, slots=True)
class Many:
    """Many articles changed as one act: seconds of processor time of each step."""

    articles: int
    plan: float
    change: float
    index: float
    found: int
    undo: float
    index_again: float

    @property
    def is_amiss(self) -> bool:
        """Whether change and index take too long together, or the next search does not find all."""
        return self.change + self.index >= MOST_SECONDS_OF_MANY or self.found != self.articles


def main() -> int:
    """Measure, print a table, write JSON where asked; 1 if a list or the change of many is amiss."""
    asked = _arguments()
    _set_up(asked.data)
    curator = _curator()
    measures = []
    for name, address in () if asked.no_lists else lists(asked.word):
        measures.append(_measured(curator, name, address, asked.word))
        print(_line(measures[-1]), flush=True)
    many = _many(curator, asked.many) if asked.many else None
    if many:
        print(_line_of_many(many))
    _leave(curator)
    if asked.json:
        asked.json.write_text(json.dumps(_report(measures, many), ensure_ascii=False, indent=1) + "\n")
    return int(any(one.is_amiss for one in measures) or (many is not None and many.is_amiss))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="a COPY of the data folder (ARSHIF_DATA_DIR) of an archive")
    parser.add_argument("--word", default="السعودية", help="what is searched in each list")
    parser.add_argument("--no-lists", action="store_true", help="leave the lists out")
    parser.add_argument("--many", type=int, default=0, metavar="N", help="change N articles at once too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


def _set_up(data: Path) -> None:
    if not (data / "arshif.sqlite3").exists() and not os.environ.get("DATABASE_URL"):
        sys.exit(f"{data}: no archive here; make one with `manage.py ingest`.")
    os.environ.update(
        ARSHIF_DATA_DIR=str(data.resolve()), DJANGO_SETTINGS_MODULE="config.settings", DJANGO_DEBUG="0"
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def _curator() -> User:
    """An account that may open every list: an administrator sees all that curators see, and accounts."""
    from django.contrib.auth.models import User

    from search.roles import Role, give_role

    curator, _new = User.objects.get_or_create(username=CURATOR)
    give_role(user=curator, role=Role.ADMINISTRATOR)
    return curator


def _leave(curator: User) -> None:
    """Take the account away again, unless it has an act to its name."""
    if not curator.acts.exists():
        curator.delete()


def lists(word: str) -> Iterator[tuple[str, str]]:
    """A name and an address for every list of the desk."""
    from django.contrib import admin
    from django.urls import reverse

    from archive.selectors.queue import Kind

    yield "first page", reverse("admin:index")
    for model in admin.site._registry:
        names = model._meta
        yield str(names.model_name), reverse(f"admin:{names.app_label}_{names.model_name}_changelist")
    for kind in Kind:
        yield f"queue, {kind}", reverse("queue:kind", args=[kind])
    yield "queue, rules", reverse("queue:rules")
    yield "health", reverse("curation:health")
    yield "change found", f"{reverse('curation:change_found')}?{urlencode({'q': word})}"


def links_of(address: str, page: str, word: str) -> Iterator[str]:
    """Every address by which a list narrows, orders and turns, and a search in it."""
    found = dict.fromkeys(html.unescape(link) for link in LINK.findall(page))
    yield from (f"{address.partition('?')[0]}{link}" for link in found)
    if 'id="searchbar"' in page:
        yield f"{address}?{urlencode({'q': word})}"
    if 'name="outlet_is"' in page:
        for outlet in OUTLET.findall(page.partition('name="outlet_is"')[2])[:1]:
            yield f"{address}?{urlencode({'outlet_is': outlet})}"


def _measured(curator: User, name: str, address: str, word: str) -> Measure:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(curator)
    address = _final(client, address)
    _write(curator)
    after_write, again = _opened(client, address)[0], _opened(client, address)
    links = list(links_of(address, again[1], word))
    followed = [(_opened(client, link)[0], link) for link in links] or [(again[0], address)]
    worst, link = max(followed, key=lambda one: (one[0].queries > MOST_QUERIES, one[0].ms))
    return Measure(name, address, after_write, again[0], len(links), worst, link)


def _final(client: Client, address: str) -> str:
    """The address to which one leads on: that of a queue to the first thing in it."""
    answer = client.get(address)
    return answer.headers["Location"] if answer.status_code == HTTPStatus.FOUND else address


def _write(curator: User) -> None:
    """Commit something, so that nothing that was read before counts any more."""
    from django.utils import timezone

    curator.last_login = timezone.now()
    curator.save(update_fields=["last_login"])


def _opened(client: Client, address: str) -> tuple[Opened, str]:
    """What a page cost, and the page. Raises: RuntimeError: it is no page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    ms = (time.process_time() - began) * 1000
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return Opened(round(ms, 1), len(asked), len(answer.getvalue())), answer.getvalue().decode()


def _many(curator: User, number: int) -> Many:
    from django.core.management import call_command

    from archive.models import Act, Article
    from archive.services.acts import undo_act
    from archive.services.many import Changes, curate_many, plan_many
    from archive.signals import articles_changed

    # else a process of its own would bring the index up to date, whose time is not counted here
    articles_changed.disconnect(dispatch_uid="search.upkeep")
    keys = Article.objects.shown().order_by("pk").values("pk")[:number]
    chosen, changes = Article.objects.filter(pk__in=keys), Changes(section=SECTION)
    times = [_processor()]
    plan_many(articles=chosen, changes=changes)
    times.append(_processor())
    changed = curate_many(articles=chosen, changes=changes, curator=curator, note=CURATOR)
    times.append(_processor())
    call_command("index", verbosity=0)
    times.append(_processor())
    found = _found()
    times.append(_processor())
    undo_act(act=Act.objects.latest("pk"), curator=curator)
    times.append(_processor())
    call_command("index", verbosity=0)
    times.append(_processor())
    plan, change, index, _search, undo, again = (
        round(later - sooner, 1) for sooner, later in pairwise(times)
    )
    return Many(changed, plan, change, index, found, undo, again)


def _processor() -> float:
    """Seconds of processor time of this process and of those that it started."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _found() -> int:
    """How many articles the next search finds by their new section."""
    from django.test import Client
    from django.urls import reverse

    answer = Client(headers={"host": "localhost"}).get(f"{reverse('api:search')}?section={SECTION}")
    return int(answer.json()["total"])


def _line(measure: Measure) -> str:
    opened = (measure.after_write, measure.again, measure.worst)
    figures = "  ".join(f"{one.ms:8.1f} ms {one.queries:3}" for one in opened)
    sign = "AMISS" if measure.is_amiss else ""
    return f"{measure.name:18} {figures}  of {measure.links:3}: {measure.worst_link} {sign}"


def _line_of_many(many: Many) -> str:
    return (
        f"{many.articles:,} articles at once: plan {many.plan} s, change {many.change} s,"
        f" index {many.index} s, {many.found:,} found; taken back {many.undo} s, index {many.index_again} s"
    )


def _report(measures: list[Measure], many: Many | None) -> dict[str, object]:
    from archive.models import Article

    return {
        "articles": Article.objects.count(),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "lists": [asdict(measure) for measure in measures],
        "many": asdict(many) if many else None,
    }


if __name__ == "__main__":
    sys.exit(main())
