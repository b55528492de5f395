"""How well raw text is read: ``python -m benchmarks.extraction SHARED [--out FILE.json]``.

SHARED is the folder of collections. Each field of each file is *right*, *wrong* (a value that the text does
not give, or another one), *missing* (left open where the text gives it) or *open* (rightly left open).
Bodies are measured by the share of the article's words that are kept (recall) and by the lines left in them
that are none of the article's. All of it is read twice: with the profiles of known sites and without.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import html
import json
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from arabic import normal_form
from archive.ingest.reading import Knowledge, Reading, ReadOptions, load_knowledge, read_source
from archive.ingest.reading.published import from_printed
from benchmarks import floors

WITH, WITHOUT = "with_profiles", "without_profiles"
FLAT: Final = "osac-raw-dev"
PAGES: Final = "pages-dev"
SEEDS: Final = "seeds"
DATELINES: Final = "datelines-dev"
HTML: Final = "html-dev"
RELATED_HEADING: Final = "روابط ذات علاقة"
SENTENCE_END: Final = re.compile(r"[.:؟?!…][\"»”')]*$|[.][\"»”')]*\s")
DIRECTION_MARK: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNIT_BREAK: Final = re.compile(r"\s*[\r\n]\s*|\s{3,}")
_WORD: Final = re.compile(r"\w+")


@dataclass
class Tally:
    """Counts of one field in one collection, and the files where it was wrong or missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    open: int = 0
    at: list[str] = field(default_factory=list)

    def count(self, true: object, ours: object, where: str) -> None:
        """Judge one value; None is "the text does not say"."""
        outcome = ("open" if true is None else "missing") if ours is None else "wrong"
        if ours is not None and true is not None and ours == true:
            outcome = "right"
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome in ("wrong", "missing"):
            self.at.append(f"{where} {outcome}: {ours!r}, not {true!r}")


@dataclass
class Bodies:
    """Words of the articles that their bodies keep, and lines in them that are none of the article's."""

    words: int = 0
    kept: int = 0
    furniture: int = 0
    at: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the articles' words that stand in the bodies."""
        return self.kept / self.words if self.words else 1.0


@dataclass
class Result:
    """One collection read in one way."""

    collection: str
    way: str
    fields: dict[str, Tally] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies)
    files: int = 0
    seconds: float = 0.0

    def judge(self, name: str, true: object, ours: object, where: str) -> None:
        """Count a field's value."""
        self.fields.setdefault(name, Tally()).count(true, ours, where)

    def read(self, path: Path, knowledge: Knowledge) -> list[Reading]:
        """The articles of a file; its time is counted."""
        began = time.process_time()
        with path.open("rb") as stream:
            items = list(read_source(path.name, stream, ReadOptions(), knowledge).items)
        self.seconds += time.process_time() - began
        self.files += 1
        return [item for item in items if isinstance(item, Reading)]


def same_text(printed: str | None) -> str | None:
    """A headline or name for comparing: its letters in normal form, entities read."""
    return normal_form(" ".join(html.unescape(printed).split())) if printed is not None else None


def day_of(reading: Reading) -> str | None:
    """The day of publication in ISO 8601."""
    return reading.published.value.day.isoformat() if reading.published else None


def minute_of(reading: Reading) -> str | None:
    """Day and time of publication in ISO 8601, as far as they are known."""
    if reading.published is None:
        return None
    date = reading.published.value
    return f"{date.day}T{date.time.isoformat('minutes')}" if date.time is not None else date.day.isoformat()


def outlet_of(reading: Reading) -> str | None:
    """The outlet's name."""
    return reading.outlet.value.name if reading.outlet else None


def measure_seeds(shared: Path, way: str, knowledge: Knowledge) -> Result:
    """The five files the archive was asked for first."""
    result = Result(SEEDS, way)
    truth = json.loads((shared / "seeds" / "truth.json").read_text("utf-8"))
    truth.pop("note")
    for name, file in truth.items():
        readings = result.read(shared / "seeds" / name, knowledge)
        result.judge("articles", len(file["articles"]), len(readings), name)
        for true, reading in zip(file["articles"], readings, strict=False):
            judge_seed(result, true, reading, f"{name}#{reading.ordinal}")
    return result


def judge_seed(result: Result, true: dict[str, Any], reading: Reading, where: str) -> None:
    """Every field that the truth gives, and what must and must not stand in the body."""
    ours: dict[str, object] = {
        "title": same_text(reading.title.value) if reading.title else None,
        "subtitle": same_text(reading.subtitle.value) if reading.subtitle else None,
        "outlet": same_text(outlet_of(reading)),
        "published": minute_of(reading),
        "published_raw": same_text(reading.published.value.raw) if reading.published else None,
        "agencies": [agency.value.name for agency in reading.agencies],
    }
    for name in ours.keys() & true.keys():
        value = same_text(true[name]) if isinstance(true[name], str) and name != "published" else true[name]
        result.judge(name, value, ours[name], where)
    lines = reading.body.splitlines()
    faults = [f"lacks {text}" for text in true.get("body_has", []) if text not in reading.body]
    faults += [f"has {text}" for text in true.get("body_lacks", []) if text in reading.body]
    faults += [f"has the line {text}" for text in true.get("line_lacks", []) if text in lines]
    result.judge("body", [], faults, where)


def measure_flat(shared: Path, way: str, knowledge: Knowledge) -> Result:
    """Scraped pages as flat text."""
    result = Result(FLAT, way)
    outlets = {"BBC Arabic": "bbc-arabic", "CNN Arabic": "cnn-arabic"}
    rows = (shared / "corpora" / "osac-raw-dev.truth.jsonl").read_text("utf-8").splitlines()
    for true in map(json.loads, rows):
        name = true["file"]
        readings = result.read(shared / "corpora" / FLAT / name, knowledge)
        result.judge("articles", 1, len(readings), name)
        reading = readings[0]
        slug = reading.outlet.value.slug if reading.outlet else None
        result.judge("title", same_text(true["title"]), same_text(title_of(reading)), name)
        result.judge("outlet", outlets[true["outlet"]], slug, name)
        result.judge("date", true["date"], day_of(reading), name)
        # Without a date the truth knows no end of the page's head, which then stands in its body too.
        if true["date"] is not None:
            judge_body(result.bodies, true["body"], reading.body, name)
    return result


def title_of(reading: Reading) -> str | None:
    """The headline."""
    return reading.title.value if reading.title else None


def judge_body(bodies: Bodies, true: str, ours: str, where: str) -> None:
    """Words kept of an article, and its page's lines that are left."""
    text, links = without_related(true)
    wanted, held = Counter(_WORD.findall(text)), Counter(_WORD.findall(ours))
    kept = sum((wanted & held).values())
    bodies.words += wanted.total()
    bodies.kept += kept
    left = [line for line in ours.splitlines() if line.strip() in {*links, RELATED_HEADING}]
    left += ["a direction mark"] * len(DIRECTION_MARK.findall(ours))
    left += [line for line in ours.splitlines() if re.search(r"(?:content|alt|class)=|/>", line)]
    bodies.furniture += len(left)
    if left:
        bodies.at.append(f"{where} left: {left}")
    if kept < 0.95 * wanted.total():
        bodies.at.append(f"{where} keeps {kept} of {wanted.total()}: {list((wanted - held).elements())[:12]}")


def without_related(body: str) -> tuple[str, list[str]]:
    """A true body without its box of related links, and those links: the lines from its heading to the next
    one that holds a sentence."""
    kept, links, inside = [], list[str](), False
    for unit in filter(None, (part.strip() for part in _UNIT_BREAK.split(html.unescape(body)))):
        if unit == RELATED_HEADING:
            inside = True
        elif inside and not SENTENCE_END.search(unit):
            links.append(unit)
        else:
            inside = False
            kept.append(unit)
    return "\n".join(kept), links


def measure_pages(shared: Path, way: str, knowledge: Knowledge) -> Result:
    """Openings of hard pages."""
    result = Result(PAGES, way)
    for true in json.loads((shared / "corpora" / "pages-dev.truth.json").read_text("utf-8")):
        name = true["file"]
        reading = result.read(shared / "corpora" / PAGES / name, knowledge)[0]
        if "title" in true:
            result.judge("title", same_text(true["title"]), same_text(title_of(reading)), name)
        if "outlet" in true:
            ours = outlet_of(reading)
            by_url = true.get("outlet_by_url", "").partition(" (")[0]
            result.judge("outlet", true["outlet"], None if ours == by_url != true["outlet"] else ours, name)
        if "date" in true:
            result.judge("date", true["date"], day_of(reading), name)
        if authors := true.get("authors") or ([true["author"]] if "author" in true else None):
            ours_too = sorted(author.value for author in reading.authors) or None
            result.judge("authors", sorted(authors), ours_too, name)
    return result


def measure_html(shared: Path, way: str, knowledge: Knowledge) -> Result:
    """Saved pages: date and headline where the truth judges them, and that one article is read of each."""
    result = Result(HTML, way)
    for true in json.loads((shared / "corpora" / HTML / "truth.json").read_text("utf-8")):
        name = true["file"]
        readings = result.read(shared / "corpora" / HTML / name, knowledge)
        result.judge("articles", 1, len(readings), name)
        if readings and true.get("gt_date"):
            result.judge("date", true["gt_date"], day_of(readings[0]), name)
        if readings and true.get("gt_title"):
            result.judge("title", same_text(true["gt_title"]), same_text(title_of(readings[0])), name)
    return result


def measure_datelines(shared: Path, way: str) -> Result:
    """Printed datelines, each by itself."""
    result = Result(DATELINES, way)
    with (shared / "corpora" / "datelines-dev.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    began = time.process_time()
    for number, row in enumerate(rows, 1):
        printed, iso = row[2], row[3]
        if not is_iso(iso):
            continue
        date = from_printed(printed)
        result.judge("date", iso[:10], date.day.isoformat() if date else None, f"row {number}")
        result.files += 1
    result.seconds = time.process_time() - began
    return result


def is_iso(value: str) -> bool:
    """Whether a value is a date (and no heading)."""
    try:
        datetime.date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


Measure = Callable[[Path, str, Knowledge], Result]
READINGS: Final[tuple[Measure, ...]] = (measure_seeds, measure_flat, measure_pages, measure_html)


def measure(shared: Path) -> Iterator[Result]:
    """Every collection with profiles, then without."""
    for way, knowledge in ((WITH, load_knowledge()), (WITHOUT, load_knowledge(profiles=False))):
        for reads in READINGS:
            yield reads(shared, way, knowledge)
    yield measure_datelines(shared, WITH)


def rate(results: Iterable[Result]) -> float:
    """Raw text files read a second of one core, over the flat pages and seeds with profiles."""
    counted = [each for each in results if each.way == WITH and each.collection in (FLAT, SEEDS)]
    return sum(each.files for each in counted) / max(sum(each.seconds for each in counted), 1e-9)


def figures(results: Iterable[Result]) -> dict[str, float]:
    """The figures that floors are set for: shares of the values that the texts give, counts of wrong ones."""
    found: dict[str, float] = {}
    for each in results:
        name = f"extraction/{each.way}/{each.collection}"
        for field_name, tally in each.fields.items():
            found[f"{name}/{field_name}/right"] = share_right([tally])
            found[f"{name}/{field_name}/wrong"] = tally.wrong
        found[f"{name}/all/right"] = share_right(each.fields.values())
        if each.bodies.words:
            found[f"{name}/body/recall"] = each.bodies.recall
            found[f"{name}/body/furniture"] = each.bodies.furniture
    return found


def share_right(tallies: Iterable[Tally]) -> float:
    """The share of the values that the texts give that is read right."""
    counted = list(tallies)
    right = sum(tally.right for tally in counted)
    given = right + sum(tally.wrong + tally.missing for tally in counted)
    return right / given if given else 1.0


def table(results: Sequence[Result]) -> Iterator[str]:
    """The figures as lines to read."""
    yield f"{'collection':<14} {'way':<16} {'field':<14} {'right':>6} {'wrong':>6} {'missing':>8} {'open':>6}"
    for each in results:
        for name, tally in each.fields.items():
            counts = f"{tally.right:>6} {tally.wrong:>6} {tally.missing:>8} {tally.open:>6}"
            yield f"{each.collection:<14} {each.way:<16} {name:<14} {counts}"
        if each.bodies.words:
            yield (
                f"{each.collection:<14} {each.way:<16} body: {each.bodies.recall:.4f} of the words kept, "
                f"{each.bodies.furniture} lines of the page left"
            )
    yield f"{rate(results):.0f} raw text files a second on one core"


def reasons(results: Iterable[Result]) -> Iterator[str]:
    """Every wrong and missing value, and what the bodies lack or hold too much."""
    for each in results:
        for name, tally in each.fields.items():
            yield from (f"{each.collection}, {each.way}, {name}: {line}" for line in tally.at)
        yield from (f"{each.collection}, {each.way}, body: {line}" for line in each.bodies.at)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, and what was wrong with ``--why``; write them with ``--out``. 1 below a floor, else
    0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, help="the folder of collections")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    parser.add_argument("--why", action="store_true", help="list every wrong and missing value")
    options = parser.parse_args(arguments)
    results = list(measure(options.shared))
    for line in table(results):
        sys.stdout.write(f"{line}\n")
    for line in reasons(results) if options.why else ():
        sys.stdout.write(f"{line}\n")
    if options.out:
        told = {"python": platform.python_version(), "rate": rate(results), "figures": figures(results)}
        told["results"] = [asdict(each) for each in results]
        options.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return floors.told(figures(results))


if __name__ == "__main__":
    sys.exit(main())
