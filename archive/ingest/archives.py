"""Files inside `.zip` and `.gz`: read one by one, never extracted to a name that the archive chooses."""

from __future__ import annotations

import gzip
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from archive.ingest.found import FileRefused, Found, FoundFile, LeftAside, Outcome, describe, printable
from archive.ingest.leaving import reason_to_skip

CHUNK = 1 << 18
MAX_RATIO = 100
"""Text unpacks to 5 to 20 times its size; what unpacks to more than this was made to fill a disk."""
RATIO_ASKED_FROM = 1 << 20
"""Below a mebibyte any ratio is harmless (a page of dashes packs to nothing)."""
MAX_FILE = 4 << 30
MAX_ARCHIVE = 64 << 30

PACKED = re.compile(r"\.(zip|gz|tgz|tar|bz2|xz|7z|rar|zst)$", re.IGNORECASE)
DRIVE_LETTER = re.compile(r"^[A-Za-z]:")
ENCRYPTED_FLAG = 0x1
UTF8_NAME_FLAG = 0x800

UNPACK_FIRST = "is an archive of a kind that is not opened here: unpack it and ingest the folder"
DAMAGED = "is damaged: fetch it again, or repair it (zip -FF) and ingest the result"
CUT_SHORT = (
    "is damaged or cut short: fetch it again, or unpack what can be (gzip -dc FILE > TEXT) and ingest that"
)

OLD_NAMES = ("cp1256", "cp720")
"""How Arabic names stand in zip files of before UTF-8: as Windows writes them, and as its DOS did."""
ARABIC_NAME = re.compile("[\u0020-\u007e\u0621-\u0652]+")
MIXED_WORD = re.compile("[A-Za-z][\u0621-\u0652]|[\u0621-\u0652][A-Za-z]")


@dataclass(slots=True)
class Budget:
    """How much may be unpacked from `packed` bytes, counted while reading: headers can lie."""

    what: str
    packed: int
    most: int
    unpacked: int = 0

    def refund(self, count: int) -> None:
        """Take back what was unpacked and not kept."""
        self.unpacked -= count

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises: FileRefused: they are more than honest text can be."""
        self.unpacked += count
        allowed = min(self.most, max(RATIO_ASKED_FROM, self.packed * MAX_RATIO))
        if self.unpacked > allowed:
            raise FileRefused(
                f"{self.what} unpacks to more than {allowed:,} bytes, over {MAX_RATIO} times its size: "
                "if it can be trusted, unpack it and ingest the folder"
            )


def is_archive(path: Path) -> bool:
    """Whether this file is opened and what is inside is read."""
    return path.suffix.lower() in {".zip", ".gz"} and not is_unopened(path.name)


def is_unopened(name: str) -> bool:
    """Whether this is an archive of a kind that is not opened."""
    return bool(PACKED.search(name)) and not re.search(r"(?<!\.tar)\.(zip|gz)$", name, re.IGNORECASE)


def files_in_archive(path: Path, name: str, size: int) -> Iterator[Found]:
    """The files inside an archive of `size` bytes, in its order; `name` is what the archive is called."""
    if path.suffix.lower() == ".gz":
        return iter([_unpacked_gzip(path, name, size)])
    return _files_in_zip(path, name, size)


def _unpacked_gzip(path: Path, name: str, size: int) -> FoundFile:
    budget = Budget("the file", size, MAX_FILE)
    return FoundFile(printable(path), name[: -len(".gz")], size, partial(_gzip_chunks, path, budget))


def _gzip_chunks(path: Path, budget: Budget) -> Iterator[bytes]:
    try:
        with gzip.open(path) as stream:
            while chunk := stream.read(CHUNK):
                budget.spend(len(chunk))
                yield chunk
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileRefused(f"the gzip file {CUT_SHORT} ({error})") from error
    except OSError as error:
        raise FileRefused(f"cannot be read: {describe(error)}") from error


def _files_in_zip(path: Path, name: str, size: int) -> Iterator[Found]:
    shown = printable(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        yield LeftAside(shown, name, Outcome.QUARANTINED, f"the zip file {DAMAGED} ({error})")
        return
    except OSError as error:
        yield LeftAside(shown, name, Outcome.QUARANTINED, f"cannot be read: {describe(error)}")
        return
    whole = Budget("the zip file", size, MAX_ARCHIVE)
    with archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield _member(archive, member, shown, name, whole)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str, name: str, whole: Budget) -> Found:
    inside = printable(member_name(member))
    path, full_name = f"{shown}/{inside}", f"{name}/{inside}"
    weight = min(member.compress_size, whole.packed)
    if reason := reason_to_quarantine(member):
        return LeftAside(path, full_name, Outcome.QUARANTINED, reason, weight)
    if reason := reason_to_skip(PurePosixPath(inside)):
        return LeftAside(path, full_name, Outcome.SKIPPED, reason, weight)
    own = Budget("the file", weight, MAX_FILE)
    return FoundFile(path, full_name, weight, partial(_member_chunks, archive, member, own, whole))


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a file in a zip, with plain slashes: in UTF-8 or, where it surely is, an old encoding."""
    name = member.filename
    if not (member.flag_bits & UTF8_NAME_FLAG or name.isascii()):
        name = next(_readings(name), name)
    return name.replace("\\", "/")


def _readings(name: str) -> Iterator[str]:
    """What a name that says no encoding can be, the surest first."""
    for encoding in ("utf-8", *OLD_NAMES):
        try:
            read = name.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
        if encoding == "utf-8" or (ARABIC_NAME.fullmatch(read) and not MIXED_WORD.search(read)):
            yield read


def reason_to_quarantine(member: zipfile.ZipInfo) -> str:
    """Why a file in a zip must not be read, or an empty text."""
    name = member_name(member)
    if name.startswith("/") or DRIVE_LETTER.match(name) or ".." in name.split("/"):
        return (
            "its name climbs out of the zip file: do not trust this archive; unpack it by hand and look at it"
        )
    if member.flag_bits & ENCRYPTED_FLAG:
        return "is encrypted: unpack it with its password and ingest the folder"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a symbolic link, which holds no text: ingest the file that it points to"
    if PACKED.search(name):
        return (
            "is an archive within an archive, which is not opened: unpack the outer one and ingest the folder"
        )
    return ""


def _member_chunks(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, own: Budget, whole: Budget
) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                own.spend(len(chunk))
                whole.spend(len(chunk))
                yield chunk
    except FileRefused:
        whole.refund(own.unpacked)
        raise
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError) as error:
        raise FileRefused(f"its place in the zip file {DAMAGED} ({error})") from error
    except OSError as error:
        raise FileRefused(f"cannot be read: {describe(error)}") from error
