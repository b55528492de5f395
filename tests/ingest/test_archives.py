"""Zip and gzip: read as they are, and never trusted."""

from __future__ import annotations

import gzip
import stat
import zipfile
from pathlib import Path

import pytest

from archive.ingest import archives
from archive.ingest.files import find_files
from archive.ingest.found import FileRefused, FoundFile, LeftAside, Outcome

TEXT = "خبر من الأرشيف\n".encode()


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_all(path: Path) -> dict[str, bytes | str]:
    """What each file of an archive gives: its bytes, or the reason why it is not read."""
    given: dict[str, bytes | str] = {}
    for found in find_files([path]):
        if isinstance(found, LeftAside):
            given[found.name] = found.reason
            continue
        try:
            given[found.name] = b"".join(found.chunks())
        except FileRefused as refusal:
            given[found.name] = str(refusal)
    return given


def test_members_are_read_in_their_order_without_folders(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"دفتر/": b"", "دفتر/ب.txt": TEXT, "أ.txt": TEXT * 2})
    assert read_all(path) == {"a.zip/دفتر/ب.txt": TEXT, "a.zip/أ.txt": TEXT * 2}


def test_readme_and_licence_in_a_zip_are_skipped(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"LICENSE": b"x", "docs/README.md": b"x", "a.txt": TEXT})
    kinds = {found.name: getattr(found, "outcome", None) for found in find_files([path])}
    assert kinds == {
        "a.zip/LICENSE": Outcome.SKIPPED,
        "a.zip/docs/README.md": Outcome.SKIPPED,
        "a.zip/a.txt": None,
    }


@pytest.mark.parametrize(
    "name",
    ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt", "..\\out.txt", "c:out.txt"],
)
def test_member_that_climbs_out_is_quarantined_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path / "a.zip", {name: TEXT, "good.txt": TEXT})
    given = read_all(path)
    assert given.pop("a.zip/good.txt") == TEXT
    (reason,) = given.values()
    assert "climbs out" in str(reason)
    assert list(tmp_path.iterdir()) == [path]


def test_dots_within_a_name_do_not_climb(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"a..b/c...txt": TEXT})
    assert read_all(path) == {"a.zip/a..b/c...txt": TEXT}


def test_bomb_is_quarantined_while_reading_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"bomb.txt": b" " * 30_000_000, "good.txt": TEXT})
    given = read_all(path)
    assert "over 100 times its size" in str(given["a.zip/bomb.txt"])
    assert "unpack it and ingest the folder" in str(given["a.zip/bomb.txt"])
    assert given["a.zip/good.txt"] == TEXT


def test_bomb_whose_header_lies_is_found_out(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"bomb.txt": b" " * 30_000_000})
    raw = path.read_bytes()
    path.write_bytes(raw.replace((30_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little")))
    (reason,) = read_all(path).values()
    assert isinstance(reason, str) or len(reason) <= 500


def test_many_members_cannot_do_together_what_one_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE", 5 * len(TEXT))
    path = make_zip(tmp_path / "a.zip", {f"{n}.txt": TEXT for n in range(8)})
    given = list(read_all(path).values())
    assert given[:5] == [TEXT] * 5
    assert all("the zip file unpacks to more than" in str(reason) for reason in given[5:])


def test_small_page_of_one_sign_is_no_bomb(tmp_path: Path) -> None:
    page = b"-" * 500_000
    assert read_all(make_zip(tmp_path / "a.zip", {"page.txt": page})) == {"a.zip/page.txt": page}


def test_encrypted_member_says_so(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"secret.txt": TEXT})
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    path.write_bytes(raw)
    assert "is encrypted" in str(read_all(path)["a.zip/secret.txt"])


def test_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "symbolic link" in str(read_all(path)["a.zip/link.txt"])


def test_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"b.zip": b"x", "c.txt.gz": b"x"})
    assert all("archive within an archive" in str(reason) for reason in read_all(path).values())


def test_damaged_member_is_quarantined_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"bad.txt": TEXT * 50, "good.txt": TEXT})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"bad.txt") + len("bad.txt") + 12] ^= 0xFF
    path.write_bytes(raw)
    given = read_all(path)
    assert "is damaged" in str(given["a.zip/bad.txt"])
    assert given["a.zip/good.txt"] == TEXT


@pytest.mark.parametrize("content", [b"", b"not a zip at all", b"PK\x03\x04 cut off"])
def test_file_that_is_no_zip_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    (reason,) = read_all(tmp_path / "a.zip").values()
    assert "the zip file is damaged" in str(reason)


def test_name_in_utf8_without_its_mark_is_read_right(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("خبر.txt".encode().decode("cp437"))
    assert archives.member_name(member) == "خبر.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "cp720"])
def test_arabic_name_is_read_right_in_an_old_zip(tmp_path: Path, encoding: str) -> None:
    name = "أخبار قديمة/مقال عن الثقافة.txt"
    raw = name.encode(encoding)
    path = make_zip(tmp_path / "a.zip", {"x" * len(raw): TEXT})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    assert read_all(path) == {f"a.zip/{name}": TEXT}


@pytest.mark.parametrize("name", ["résumé.txt", "straße.txt"])
def test_name_that_is_not_arabic_stays(name: str) -> None:
    assert archives.member_name(zipfile.ZipInfo(name)) == name


def test_gzip_is_one_file_under_its_inner_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT) + gzip.compress(TEXT))
    assert read_all(tmp_path / "a.txt.gz") == {"a.txt": TEXT * 2}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(gzip.compress(TEXT * 100)[:-12], "is damaged or cut short.*gzip -dc", id="cut off"),
        pytest.param(b"no gzip", "is damaged", id="no gzip"),
        pytest.param(gzip.compress(b" " * 30_000_000), "over 100 times its size", id="bomb"),
    ],
)
def test_bad_gzip_says_so(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.txt.gz").write_bytes(content)
    (found,) = find_files([tmp_path])
    assert isinstance(found, FoundFile)
    with pytest.raises(FileRefused, match=said):
        list(found.chunks())
