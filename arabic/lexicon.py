"""How often each normal form is printed in real news: the counts that the stem asks before it takes an
affix off.

``python -m arabic.lexicon build OUT FILES...`` makes such counts from plain text or from zip files of tagged
articles. What is shipped was made from the ANT corpus; data/README.md says of its source and licence. Only
counts are kept, never text.
"""

import argparse
import gzip
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from arabic import letters as l
from arabic.normal import normal_form
from arabic.tokens import tokenize

SHIPPED: Final = Path(__file__).parent / "data" / "lexicon.txt.gz"
LEAST_COUNT: Final = 1
"""Even a form seen once is evidence: measured, dropping those cost .003 of MRR."""

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


def write(path: Path, counts: Counter[str]) -> int:
    """Write the forms; answers how many. Same counts, same bytes."""
    kept = sorted((form, count) for form, count in counts.items() if count >= LEAST_COUNT)
    lines = "".join(f"{form}\t{count}\n" for form, count in kept)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))
    return len(kept)


def read(path: Path) -> Lexicon:
    """The counts of a file written by `write`.

    Raises: LexiconUnreadable: a line that is not form, tab, count.
    """
    lexicon: Lexicon = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        form, _, count = line.partition("\t")
        if not count.isdecimal():
            raise LexiconUnreadable(path, line)
        lexicon[form] = int(count)
    return lexicon


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
