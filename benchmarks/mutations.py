"""Whether broken input breaks anything: ``python -m benchmarks.mutations [--files N] [--seed N] [PATH...]``.

Files of every format (the sample collection, or PATHs) are spoiled at random: bytes flipped, cut out,
doubled, glued to another file's, half of them in another encoding, direction marks and NULs thrown in.
`manage.py ingest` takes them in, a thousand to a call. It must end in time with status 0 and account for
every file, and `manage.py check_archive` must find nothing amiss. Exits 1 where that is not so.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 1000
SECONDS_EACH = 0.5
"""How long a spoiled file may take on average before the call counts as hanging."""
LONGEST = 200_000
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "cp1256", "iso8859_6", "mac_arabic", "cp864", "utf-8-sig")
MARKS = tuple(chr(code) for code in (0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202E, 0x2066, 0x2067, 0x2069))
SIGNS = b'<>{}[]",:;&#\\/\r\n\t \x00\xff\xfe\xef\xbb\xbf'

Mutation = Callable[[bytes, random.Random, Sequence["Seed"]], bytes]


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file: the ending of its name, and its bytes."""

    ending: str
    content: bytes


def flip(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """Some bytes otherwise."""
    spoiled = bytearray(content)
    for _time in range(chance.randint(1, 1 + len(spoiled) // 50)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def sign(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """Signs that formats are made of where they do not belong."""
    spoiled = bytearray(content)
    for _time in range(chance.randint(1, 20)):
        spoiled.insert(chance.randrange(len(spoiled) + 1), chance.choice(SIGNS))
    return bytes(spoiled)


def cut(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """A piece left out: the beginning, the end or one between."""
    start, end = sorted(chance.randrange(len(content) + 1) for _end in range(2))
    return chance.choice((content[start:], content[:end], content[:start] + content[end:]))


def double(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """A piece many times over."""
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randint(1, 400)]
    return content[:start] + piece * chance.randint(2, 200) + content[start:]


def glue(content: bytes, chance: random.Random, seeds: Sequence[Seed]) -> bytes:
    """Two files in one."""
    other = chance.choice(seeds).content
    at = chance.randrange(len(content) + 1)
    return chance.choice((content + other, other + content, content[:at] + other + content[at:]))


def mix_encodings(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """In another encoding, all of it or from somewhere on."""
    text = content.decode("utf-8", "replace")
    at = chance.randrange(len(text) + 1)
    first, second = chance.choice(ENCODINGS), chance.choice(ENCODINGS)
    if chance.random() < 0.5:
        second = first
    return text[:at].encode(first, "replace") + text[at:].encode(second, "replace")


def turn(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """Direction marks and NULs thrown in."""
    text = list(content.decode("utf-8", "surrogateescape"))
    thrown = (*MARKS, "\0") if chance.random() < 0.2 else MARKS
    for _time in range(chance.randint(1, 60)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(thrown))
    return "".join(text).encode("utf-8", "surrogateescape")


def misprint(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """Some letters in the place of others, so that it stays text."""
    text = list(content.decode("utf-8", "surrogateescape"))
    for _time in range(chance.randint(1, 1 + len(text) // 20)):
        text[chance.randrange(len(text))] = chance.choice(text)
    return "".join(text).encode("utf-8", "surrogateescape")


def shuffle(content: bytes, chance: random.Random, _seeds: Sequence[Seed]) -> bytes:
    """Lines in another order."""
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


MUTATIONS: tuple[Mutation, ...] = (flip, sign, cut, double, glue, mix_encodings, turn, misprint, shuffle)


def spoiled(seeds: Sequence[Seed], number: int, chance: random.Random) -> Iterator[Seed]:
    """So many files, each spoiled once to four times; some packed, or under another's name."""
    endings = sorted({seed.ending for seed in seeds})
    for _number in range(number):
        seed = chance.choice(seeds)
        content, ending = seed.content, seed.ending
        for _time in range(chance.choice((1, 1, 1, 2, 4))):
            if content:
                content = chance.choice(MUTATIONS)(content, chance, seeds)[:LONGEST]
        if chance.random() < 0.1:
            ending = chance.choice(endings)
        if chance.random() < 0.1:
            content, ending = _packed(content, ending, chance)
        yield Seed(ending, content)


def _packed(content: bytes, ending: str, chance: random.Random) -> tuple[bytes, str]:
    if chance.random() < 0.5:
        content, ending = gzip.compress(content, mtime=0), f"{ending}.gz"
    else:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr(f"inside{ending}", content)
        content, ending = file.getvalue(), ".zip"
    return (flip(content, chance, ()) if chance.random() < 0.5 else content), ending


PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>افتتاح الجسر الجديد - الرواق</title>
<meta property="article:published_time" content="2015-05-21T08:00:00+03:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "افتتاح الجسر الجديد"}</script></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>افتتاح الجسر الجديد</h1>
<p>افتتح رئيس البلدية صباح أمس الجسر الجديد الذي يصل ضفتي النهر بعد ثلاث سنوات من العمل فيه.</p>
<p>وقال إن الجسر سيخفف الازدحام في وسط المدينة.</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>
"""


def web_archive(page: bytes) -> bytes:
    """A web archive of one page."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://riwaq.example/news/1\r\n"
        "WARC-Date: 2015-05-21T09:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode("ascii") + answer + b"\r\n\r\n"


def sound_files(paths: Sequence[Path]) -> list[Seed]:
    """What there is to spoil: the files of these folders, and of the formats that they may not have."""
    page = PAGE.encode("utf-8")
    record = {"title": "افتتاح الجسر", "body": "افتتح رئيس البلدية الجسر الجديد", "published": "2015-05-21"}
    listed = json.dumps([record, record], ensure_ascii=False).encode("utf-8")
    made = [Seed(".html", page), Seed(".warc", web_archive(page) * 2), Seed(".json", listed)]
    files = sorted(file for path in paths for file in path.rglob("*") if file.is_file())
    held = [Seed(file.suffix, file.read_bytes()[:LONGEST]) for file in files]
    by_ending: dict[str, list[Seed]] = {}
    for seed in [*made, *(seed for seed in held if seed.content)]:
        by_ending.setdefault(seed.ending, []).append(seed)
    most = max(len(alike) for alike in by_ending.values())
    # each format as often as the others, however many files of it there are
    return [seed for alike in by_ending.values() for seed in (alike * most)[:most]]


@dataclass(slots=True)
class Verdict:
    """What became of the spoiled files, and what went wrong."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def write_out(files: Sequence[Seed], folder: Path) -> None:
    """Write spoiled files into a folder, under names of their own."""
    for number, seed in enumerate(files):
        (folder / f"{number:05d}{seed.ending}").write_bytes(seed.content)


def account(report: Sequence[str], files: int, verdict: Verdict) -> None:
    """Count what a report says of files, and hold against it how many there were."""
    lines = [json.loads(line) for line in report]
    whole = [line for line in lines if line["record"] is None]
    names = {line["path"].partition(".zip")[0] for line in whole}
    verdict.files += files
    verdict.outcomes.update(line["outcome"] for line in whole)
    if len(names) != files:
        verdict.faults.append(f"{files} files went in and {len(names)} are accounted for")
    verdict.faults += [line["reason"] for line in lines if "fault of Arshif" in line["reason"]]


def take_in(archive: Path, inbox: Path, files: int, verdict: Verdict) -> None:
    """Ingest a folder of spoiled files by the real command."""
    report = archive / "report.jsonl"
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "ingest",
        "--no-index",
        "--report",
        str(report),
        str(inbox),
    ]
    try:
        done = subprocess.run(
            command,
            env=_environment(archive),
            capture_output=True,
            text=True,
            timeout=60 + SECONDS_EACH * files,
        )
    except subprocess.TimeoutExpired:
        verdict.faults.append(f"ingest hung; the files are kept in {inbox}")
        return
    if done.returncode:
        verdict.faults.append(f"ingest ended with {done.returncode}: {done.stderr[-2000:]}")
    account(report.read_text(encoding="utf-8").split("\n")[:-1], files, verdict)


def _environment(archive: Path) -> dict[str, str]:
    return {**os.environ, "ARSHIF_DATA_DIR": str(archive), "DATABASE_URL": "", "PYTHONUTF8": "1"}


def manage(archive: Path, *arguments: str) -> str:
    """Run another management command; what it prints."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=_environment(archive), capture_output=True, text=True).stdout


def main() -> int:
    """Spoil, take in, check; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "sample" / "raw"])
    asked = parser.parse_args()
    chance, verdict, began = random.Random(asked.seed), Verdict(), time.monotonic()
    seeds = sound_files(asked.paths)
    with tempfile.TemporaryDirectory() as temporary:
        archive = Path(temporary) / "archive"
        archive.mkdir()
        manage(archive, "migrate", "--verbosity", "0")
        for start in range(0, asked.files, AT_ONCE):
            inbox = Path(temporary) / f"inbox-{start}"
            inbox.mkdir()
            files = list(spoiled(seeds, min(AT_ONCE, asked.files - start), chance))
            write_out(files, inbox)
            take_in(archive, inbox, len(files), verdict)
            print(
                f"{verdict.files:,} files: {dict(verdict.outcomes)}, {time.monotonic() - began:.0f} s",
                flush=True,
            )
        checked = manage(archive, "check_archive").splitlines()
    sound = [line for line in checked if line.endswith("as it should be") or line.startswith("index")]
    verdict.faults += [line for line in checked if line not in sound]
    print("\n".join(verdict.faults) or "no fault")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
