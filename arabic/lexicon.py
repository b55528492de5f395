"""How often each normal form is printed in real news: the counts that the stem asks before it takes an
affix off.

``python -m arabic.lexicon build OUT FILES...`` makes such counts from plain text or from zip files of tagged
articles. What is shipped was made from the ANT corpus; data/README.md says of its source and licence. Only
counts are kept, never text. An installation can count its own articles too (`OwnCounts`): they are added to
the shipped ones, so a word is known that either knows.
"""

import argparse
import gzip
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from arabic import letters as l
from arabic.normal import normal_form
from arabic.tokens import tokenize

MOST_OWN_FORMS: Final = 150_000
"""Forms of its own that an installation keeps: some 30 MB in each process."""
SHIPPED: Final = Path(__file__).parent / "data" / "lexicon.txt.gz"

_ARABIC_FORM: Final = re.compile(f"[{l.regex_class(*l.ARABIC_WORD_LETTERS)}]+")
_TAGGED_TEXT: Final = re.compile(r"<(TITLE|ABSTRACT|TEXT)>(.*?)</\1>", re.DOTALL)

Lexicon = dict[str, int]


class LexiconUnreadable(ValueError):
    """A file of counts that is not one: names the file and the line."""

    def __init__(self, path: Path, line: str) -> None:
        self.path, self.line = path, line
        super().__init__(
            f"{path}: not a line of counts: {line!r}. Lines are form, tab, count; make the file with "
            f"'python -m arabic.lexicon build OUT FILES...'."
        )


def count_forms(texts: Iterable[str]) -> Counter[str]:
    """How often each Arabic normal form occurs in the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(normal_form(token.text) for token in tokenize(text))
    return Counter({form: count for form, count in counts.items() if _ARABIC_FORM.fullmatch(form)})


def read_texts(path: Path) -> Iterator[str]:
    """The text of a plain file (UTF-8), or each TITLE, ABSTRACT and TEXT in a zip of tagged articles."""
    if not zipfile.is_zipfile(path):
        yield path.read_text(encoding="utf-8", errors="replace")
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            article = archive.read(name).decode("utf-8", errors="replace")
            yield from (match.group(2) for match in _TAGGED_TEXT.finditer(article))


def write(path: Path, counts: Mapping[str, int]) -> int:
    """Write the forms; answers how many. Same counts, same bytes; a reader sees the old file or the new."""
    lines = "".join(f"{form}\t{count}\n" for form, count in sorted(counts.items()))
    _replace(path, gzip.compress(lines.encode("utf-8"), mtime=0))
    return len(counts)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def read(path: Path) -> Lexicon:
    """The counts of a file written by `write`.

    Raises: LexiconUnreadable: a line that is not form, tab, count.
    """
    lexicon: Lexicon = {}
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        raise LexiconUnreadable(path, "") from None
    for line in lines:
        form, _, count = line.partition("\t")
        if not count.isdecimal():
            raise LexiconUnreadable(path, line)
        lexicon[form] = int(count)
    return lexicon


def merged(shipped: Lexicon, own: Lexicon) -> Lexicon:
    """The sums of two counts. Every rule asks for shares, so the larger collection has the greater say."""
    counts = dict(shipped)
    for form, count in own.items():
        counts[form] = counts.get(form, 0) + count
    return counts


class OwnCounts:
    """The counts of an installation's own articles: files in a folder, named by their checksum.

    `wanted` names the file that the next index is to be made with. Earlier files stay while an index that was
    made with them is served.
    """

    POINTER: Final = "wanted"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wanted(self) -> str:
        """The checksum of the counts that are to be used; empty where there are none."""
        try:
            return (self.folder / self.POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def read(self, name: str) -> Lexicon:
        """The counts of that checksum; none where the file is gone. Raises: LexiconUnreadable."""
        path = self._path(name)
        return read(path) if name and path.exists() else {}

    def keep(self, counts: Mapping[str, int], most: int = MOST_OWN_FORMS) -> int:
        """Write the commonest forms and want them from now on; answers how many."""
        self.folder.mkdir(parents=True, exist_ok=True)
        commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        made = self.folder / "made"
        kept = write(made, dict(commonest))
        name = checksum(made)
        made.replace(self._path(name))
        _replace(self.folder / self.POINTER, name.encode("ascii"))
        return kept

    def remove(self) -> bool:
        """Want no own counts any more; whether any were wanted."""
        was_wanted = bool(self.wanted())
        (self.folder / self.POINTER).unlink(missing_ok=True)
        return was_wanted

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.txt.gz"


class _InUse:
    """The counts that stems are made by in this process, read when the first stem is asked for.

    They stay the same, whatever becomes of the files, until the process is told which ones to use: a query is
    to be read with the counts by which its index was made.
    """

    def __init__(self) -> None:
        self.own: OwnCounts | None = None
        self._used: tuple[Lexicon, str] | None = None
        self._lock = Lock()

    def counts(self) -> Lexicon:
        return (self._used or self.take(self.wanted()))[0]

    def wanted(self) -> str:
        return self.own.wanted() if self.own else ""

    def take(self, name: str) -> tuple[Lexicon, str]:
        with self._lock:
            if self._used is None or self._used[1] != name:
                own = self.own.read(name) if self.own else {}
                self._used = (merged(shipped(), own) if own else shipped(), name)
            return self._used

    def name(self) -> str | None:
        return self._used[1] if self._used else None

    def keep_in(self, folder: Path | None) -> None:
        with self._lock:
            self.own, self._used = OwnCounts(folder) if folder else None, None


_in_use: Final = _InUse()


def use_own(folder: Path | None) -> None:
    """Add the counts wanted in this folder, if any, to the shipped ones; None: none. Nothing is read yet."""
    _in_use.keep_in(folder)


def in_use() -> Lexicon:
    """The counts that stems are made by: the shipped ones, and an installation's own where it has any.

    Raises: LexiconUnreadable: the own file is not one of counts.
    """
    return _in_use.counts()


def used() -> str:
    """The checksum of the own counts in use; empty where there are none."""
    _in_use.counts()
    return _in_use.name() or ""


def take(name: str) -> bool:
    """Use the own counts of this checksum (empty: none) from now on; whether that is a change."""
    before = _in_use.name()
    _in_use.take(name)
    return before != name


def wanted() -> str:
    """The checksum of the own counts that the next index is to be made with; empty where there are none."""
    return _in_use.wanted()


@cache
def shipped() -> Lexicon:
    """The counts that come with the package, read when first asked for."""
    return read(SHIPPED)


def checksum(path: Path = SHIPPED) -> str:
    """Eight hexadecimal digits that change with the file of counts."""
    return f"{zlib.crc32(path.read_bytes()):08x}"


def main(arguments: list[str]) -> int:
    """The command line: ``build OUT FILES...``."""
    parser = argparse.ArgumentParser(prog="python -m arabic.lexicon", description="Counts of normal forms.")
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="count the forms of texts into a file that the stem can ask")
    build.add_argument("out", type=Path, help="file to write (.txt.gz)")
    build.add_argument("files", type=Path, nargs="+", help="plain text (UTF-8), or zip of tagged articles")
    call = parser.parse_args(arguments)
    kept = write(call.out, count_forms(text for path in call.files for text in read_texts(path)))
    sys.stdout.write(f"{kept} forms written to {call.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
