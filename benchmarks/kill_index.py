"""Kill an indexer at random moments: does the live index answer at once, and does one more run make it whole?

`python -m benchmarks.kill_index FILE.jsonl.gz --engine whoosh --kills 50 [--articles 2000] [--out FILE.json]`

Killed with SIGKILL are `manage.py index` with changes to work off, `index --rebuild`, the moment of its swap,
the end of `manage.py ingest`, and a process that saves an article in the admin panel and brings the index up
to date. After each kill, a process of its own must find the known total of the last whole index and of a word
that every change brings: all of a batch or none. Then one `manage.py index` must make `check_archive` clean;
where an ingest was killed, the same ingest is begun again before.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from itertools import islice
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any, Final

import django
from django.core.management import CommandError, call_command
from django.db import connections

FORK: Final = multiprocessing.get_context("fork")
CHANGED: Final = 100
"""Articles changed or brought in before an indexer is started."""
SWAP_SECONDS: Final = 0.03
"""A swap and the clean-up after it take about so long."""
NO_ANSWER: Final = (-1, -1)
DIGITS: Final = dict(zip("0123456789", "ابجدوزحطكل", strict=True))


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill and what was found after it. `after`: processor seconds that it had worked.

    `struck`: it was still at work. `total`: what an empty search found; `answered`: a total that was right.
    `whole`: what `check_archive` said after one `manage.py index`, empty where all was as it should be.
    """

    work: str
    after: float
    struck: bool
    total: int
    answered: bool
    seconds_to_answer: float
    amiss: str


@dataclass(slots=True)
class Archive:
    """A data folder whose index is attacked, and the articles that are still to come."""

    folder: Path
    engine: str
    lines: Iterator[str]

    def take_in(self, count: int, name: str) -> Path:
        """The next so many articles as a file, each with this name as a word."""
        path = self.folder / "incoming" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        articles = [json.loads(line) for line in islice(self.lines, count)]
        lines = (json.dumps({**one, "body": f"{name} {one['body']}"}) for one in articles)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def begun(work: Callable[[], Any], end: Any = None) -> ForkProcess:
    """Begin to do something in a process of its own: forked, so that Django need not be loaded again; it
    shares no connection and no open index with this one, which has none. `end` is sent what came of it.
    """
    connections.close_all()
    process = FORK.Process(target=_in_child, args=(work, end))
    process.start()
    return process


def _in_child(work: Callable[[], Any], end: Any) -> None:
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        if end is None:
            os.dup2(nowhere.fileno(), 2)
    came = work()
    if end is not None:
        end.send(came)


def told_by(work: Callable[[], Any], failed: Any) -> Any:
    """What a process of its own answers; `failed` where it ends without an answer, having printed why."""
    mine, its = FORK.Pipe()
    process = begun(work, its)
    its.close()
    try:
        return mine.recv()
    except EOFError:
        return failed
    finally:
        process.join()


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file of articles, again and again, each time with another last word."""
    opener = gzip.open if path.suffix == ".gz" else open
    for turn in range(1_000):
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                body = article.get("body") or article.get("content") or ""
                yield (
                    json.dumps({"body": f"{body} {word_of(turn)}", "title": article.get("title") or ""})
                    + "\n"
                )


def word_of(number: int) -> str:
    """A word that stands for a number and in no article."""
    return "ظغظ" + "".join(DIGITS[digit] for digit in str(number))


def shown() -> int:
    """How many articles readers may see."""
    from archive.models import Article

    return int(Article.objects.shown().count())


def change(chance: random.Random, word: str) -> None:
    """Give so many articles one more word, each with its note, in one transaction."""
    from django.db import transaction

    from archive.models import Article
    from archive.services.changes import note_changes

    uids = list(Article.objects.shown().order_by("uid").values_list("uid", flat=True))
    with transaction.atomic():
        for article in Article.objects.filter(uid__in=chance.sample(uids, CHANGED)):
            article.body = f"{article.body} {word}"
            article.save(update_fields=["body"])
            note_changes(uids=[article.uid])


def answer(word: str) -> tuple[int, int]:
    """How many articles the index as it is finds for everything and for a word; -1 where it cannot."""
    from search.engines.base import SearchError
    from search.service import search
    from search.types import Level, SearchRequest

    try:
        total, marked = (search(SearchRequest(query=query, level=Level.EXACT)).total for query in ("", word))
    except SearchError:
        return NO_ANSWER
    return total, marked


def mend(word: str, interrupted: Path | None = None) -> tuple[str, int]:
    """What is amiss after `manage.py index`, empty where nothing is; and how many articles have a word.

    `interrupted`: what an ingest that was killed took in; it is begun again first, without indexing, as
    `check_archive` asks for.
    """
    said = io.StringIO()
    try:
        if interrupted:
            call_command("ingest", str(interrupted), "--no-index", stdout=said, stderr=said)
        call_command("index", stdout=said, stderr=said)
        call_command("check_archive", stdout=said, stderr=said)
    except CommandError as error:
        return f"{said.getvalue()} {error}", 0
    return "", answer(word)[1]


def save_in_admin(pk: int, word: str) -> None:
    """What a curator's browser sends: an article of the admin panel with one more word, to be saved."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from archive.admin.articles import ArticleForm
    from archive.models import Article

    form = ArticleForm(instance=Article.objects.get(pk=pk))
    given = {name: value for name in form.fields if (value := _sent(form[name].value())) is not None}
    given |= {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"}
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="curator"))
    address = reverse("admin:archive_article_change", args=[pk])
    saved = client.post(address, {**given, "body": f"{given['body']} {word}"})
    if saved.status_code != HTTPStatus.FOUND:
        raise SystemExit(f"the save was answered with {saved.status_code}")


def _sent(value: Any) -> Any:
    return [one.pk for one in value] if isinstance(value, list) else value


def spent(process: ForkProcess) -> float:
    """Seconds of processor time that a process has used until now (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Attack:
    """Draws works and moments, kills, and looks at what is left."""

    def __init__(self, archive: Archive, chance: random.Random) -> None:
        self.archive, self.chance, self.number, self.word = archive, chance, 0, ""
        self.incoming: Path | None = None
        self.usual: dict[str, float] = {}
        self.works: dict[str, Callable[[], Callable[[], Any]]] = {
            "index": self._index,
            "rebuild": self._rebuild,
            "swap": self._rebuild,
            "ingest": self._ingest,
            "save": self._save,
        }

    def _index(self) -> Callable[[], Any]:
        change(self.chance, self.word)
        return lambda: call_command("index")

    def _rebuild(self) -> Callable[[], Any]:
        change(self.chance, self.word)
        return lambda: call_command("index", "--rebuild")

    def _ingest(self) -> Callable[[], Any]:
        self.incoming = path = self.archive.take_in(CHANGED, self.word)
        return lambda: call_command("ingest", str(path))

    def _save(self) -> Callable[[], Any]:
        from archive.models import Article

        pk = self.chance.choice(list(Article.objects.shown().values_list("pk", flat=True)))
        return lambda: save_in_admin(pk, self.word)

    def measure(self) -> None:
        """The processor time of each work where nobody disturbs it: a busy machine does not stretch it."""
        for work in self.works:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            process = begun(self._prepared(work))
            process.join()
            if process.exitcode:
                raise RuntimeError(f"{work} failed")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.usual[work] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def _prepared(self, work: str) -> Callable[[], Any]:
        self.number += 1
        self.word, self.incoming = word_of(self.number + 1_000), None
        return self.works[work]()

    def kill(self, work: str) -> Kill:
        """Kill one work at one moment, and look."""
        before, prepared = shown(), self._prepared(work)
        process = begun(prepared)
        after = self._wait(work, process)
        process.kill()
        process.join()
        asked = time.monotonic()
        total, marked = told_by(lambda: answer(self.word), NO_ANSWER)
        seconds = time.monotonic() - asked
        answered = total in {before, shown()} and marked in {0, self._changed()}
        struck = process.exitcode == -signal.SIGKILL
        return Kill(work, round(after, 3), struck, total, answered, round(seconds, 3), self._amiss())

    def _wait(self, work: str, process: ForkProcess) -> float:
        """Until the moment of the kill; the processor seconds that the process has used by then."""
        used = 0.0
        if work == "swap":
            self._await_swap(process)
            time.sleep(self.chance.uniform(0, SWAP_SECONDS))
            return spent(process)
        moment = self.chance.uniform(0, self.usual[work])
        while process.is_alive() and (used := spent(process)) < moment:
            time.sleep(0.002)
        return used

    def _await_swap(self, process: ForkProcess) -> None:
        """Until the new generation has its notes, which is the last thing before the swap."""
        root = self.archive.folder / "index" / self.archive.engine
        known = set(root.glob("gen-*/meta.json"))
        while process.is_alive() and not any(
            path not in known and path.stat().st_size for path in root.glob("gen-*/meta.json")
        ):
            time.sleep(0.001)

    def _changed(self) -> int:
        """How many articles have the word of this work, as the database has them."""
        from archive.models import Article

        return int(Article.objects.shown().filter(body__contains=self.word).count())

    def _amiss(self) -> str:
        """What is not as it should be after one `manage.py index`."""
        amiss, found = told_by(lambda: mend(self.word, self.incoming), ("failed", 0))
        if amiss or found != self._changed():
            return amiss or f"{self.word}: {found} found, {self._changed()} held"
        return self._left_over()

    def _left_over(self) -> str:
        """Generations and half-written files that nobody needs any more."""
        root = self.archive.folder / "index"
        spare = [path.name for path in root.rglob("*.new")]
        spare += [path.name for path in root.glob("*/gen-*")][1:]
        return f"left over: {', '.join(spare)}" if spare else ""


def analyse_beforehand(engine: str) -> None:
    """Analyse the articles in the process that forks all others, which then spend their time on the index."""
    from arabic.analysis import wanted_stamp
    from archive.models import Article
    from search.engines.tantivy.entries import analyse_as, document
    from search.engines.whoosh.entries import entry

    analyse_as(wanted_stamp())
    made: Callable[[Article], Any] = document if engine == "tantivy" else entry
    for article in Article.objects.select_related("outlet").prefetch_related("agencies", "authors"):
        made(article)


def prepared(folder: Path, engine: str, file: Path, articles: int) -> Archive:
    """An archive with an index of so many articles."""
    from django.contrib.auth.models import User

    archive = Archive(folder, engine, lines_of(file))
    call_command("migrate", verbosity=0)
    path = archive.take_in(articles, "first")
    told_by(lambda: call_command("ingest", str(path)), None)
    analyse_beforehand(engine)
    User.objects.create_superuser("curator", password="not asked for")
    return archive


def told(kills: list[Kill]) -> str:
    """A line for each kind of work."""
    rows = [f"{'work':<10}{'kills':>7}{'struck':>8}{'answered':>10}{'slowest s':>11}{'whole':>7}"]
    for work in dict.fromkeys(kill.work for kill in kills):
        those = [kill for kill in kills if kill.work == work]
        rows.append(
            f"{work:<10}{len(those):>7}{sum(kill.struck for kill in those):>8}"
            f"{sum(kill.answered for kill in those):>10}"
            f"{max(kill.seconds_to_answer for kill in those):>11.1f}"
            f"{sum(not kill.amiss for kill in those):>7}"
        )
    return "\n".join(rows)


def attack(archive: Archive, kills: int, seed: int) -> list[Kill]:
    """Kill until so many kills struck a process at work."""
    attacker = Attack(archive, random.Random(seed))
    attacker.measure()
    done: list[Kill] = []
    while sum(kill.struck for kill in done) < kills:
        done.append(attacker.kill(list(attacker.works)[len(done) % len(attacker.works)]))
        print(done[-1], flush=True)
    return done


def main(arguments: list[str]) -> int:
    """Kill, print what was found; 1 where anything was not as it should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="JSON written")
    call = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ARSHIF_DATA_DIR": folder, "ARSHIF_ENGINE": call.engine, "DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        django.setup()
        archive = prepared(Path(folder), call.engine, call.file, call.articles)
        kills = attack(archive, call.kills, call.seed)
    print(told(kills))
    if call.out:
        call.out.write_text(json.dumps([asdict(kill) for kill in kills], ensure_ascii=False, indent=1) + "\n")
    return 0 if all(kill.answered and not kill.amiss for kill in kills) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
