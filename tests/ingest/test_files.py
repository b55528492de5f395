"""Which files a call means: folders and links, and what is left aside with a reason."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.ingest.files import find_files, missing_paths, total_weight
from archive.ingest.found import FileRefused, FoundFile, LeftAside, Outcome, printable

NOBODY = 65534


def names(*paths: Path) -> list[str]:
    return [found.name for found in find_files(paths) if isinstance(found, FoundFile)]


def aside(*paths: Path) -> dict[str, tuple[Outcome, str]]:
    left = [found for found in find_files(paths) if isinstance(found, LeftAside)]
    return {Path(found.path).name: (found.outcome, found.reason) for found in left}


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", "b/a/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt", "b/a/3.txt", "c.txt"]


def test_bytes_of_a_file_come_as_they_are(tmp_path: Path) -> None:
    content = os.urandom(700_000)
    (tmp_path / "file.txt").write_bytes(content)
    (found,) = find_files([tmp_path])
    assert isinstance(found, FoundFile)
    assert b"".join(found.chunks()) == content
    assert total_weight([tmp_path]) == len(content)


@pytest.mark.parametrize(
    ("name", "outcome", "said"),
    [
        pytest.param(".hidden.txt", Outcome.SKIPPED, "starts with a dot", id="hidden"),
        pytest.param("README", Outcome.SKIPPED, "describes the collection", id="readme"),
        pytest.param("LICENSE.txt", Outcome.SKIPPED, "describes the collection", id="license"),
        pytest.param("notes.md", Outcome.SKIPPED, "describes the collection", id="markdown"),
        pytest.param("Thumbs.db", Outcome.SKIPPED, "operating system", id="thumbnails"),
        pytest.param("old.tar.gz", Outcome.QUARANTINED, "unpack it", id="tar"),
        pytest.param("old.RAR", Outcome.QUARANTINED, "unpack it", id="rar"),
    ],
)
def test_files_that_hold_no_article_are_left_aside(
    tmp_path: Path, name: str, outcome: Outcome, said: str
) -> None:
    (tmp_path / name).write_text("text")
    found_outcome, reason = aside(tmp_path)[name]
    assert found_outcome is outcome
    assert said in reason


def test_a_file_that_is_named_itself_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("text")
    assert names(tmp_path / "README") == ["README"]


def test_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file.txt").write_text("text")
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a/file.txt"]
    outcome, reason = aside(tmp_path)["back"]
    assert outcome is Outcome.SKIPPED
    assert "it is read once" in reason


def test_folders_that_link_to_each_other_are_read_once(tmp_path: Path) -> None:
    for mine, other in (("a", "b"), ("b", "a")):
        (tmp_path / mine).mkdir()
        (tmp_path / mine / f"{mine}.txt").write_text(mine)
        (tmp_path / mine / "link").symlink_to(tmp_path / other, target_is_directory=True)
    assert sorted(Path(name).name for name in names(tmp_path)) == ["a.txt", "b.txt"]


def test_folder_within_a_folder_named_before_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file.txt").write_text("text")
    assert names(tmp_path, tmp_path / "a") == ["a/file.txt"]


def test_link_to_itself_and_to_nothing_say_so(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    left = aside(tmp_path)
    assert "leads back to itself" in left["self"][1]
    assert "not there" in left["nowhere"][1]
    assert missing_paths([tmp_path / "nowhere", tmp_path / "gone"]) == [tmp_path / "gone"]


def test_devices_pipes_and_sockets_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        left = aside(tmp_path, Path("/dev/zero"))
    assert "a pipe" in left["pipe"][1]
    assert "a socket" in left["socket"][1]
    assert "a device" in left["zero"][1]
    assert {outcome for outcome, _reason in left.values()} == {Outcome.QUARANTINED}


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as nobody for a while: the superuser may read whatever the permissions say."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def open_to_all(folder: Path) -> None:
    for parent in (folder, *folder.parents):
        if parent.owner() == Path.home().owner() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o755)


def test_unreadable_file_and_folder_say_to_mend_permissions(tmp_path: Path) -> None:
    open_to_all(tmp_path)
    (tmp_path / "file.txt").write_text("text")
    (tmp_path / "folder").mkdir()
    for name in ("file.txt", "folder"):
        (tmp_path / name).chmod(0)
    with without_rights():
        file, folder = find_files([tmp_path])
        assert isinstance(file, FoundFile)
        with pytest.raises(FileRefused, match=r"cannot be read: Permission denied; mend its permissions"):
            list(file.chunks())
    assert isinstance(folder, LeftAside)
    assert "mend its permissions" in folder.reason


def test_error_of_the_disk_is_a_reason() -> None:
    (found,) = find_files([Path("/proc/self/mem")])
    assert isinstance(found, FoundFile)
    with pytest.raises(FileRefused, match="cannot be read"):
        list(found.chunks())


def test_names_that_are_no_text_can_be_printed() -> None:
    assert printable(os.fsdecode(b"caf\xe9.txt")) == "caf\N{REPLACEMENT CHARACTER}.txt"
    assert len(printable("x" * 5000)) == 1000


def test_file_taken_away_while_its_folder_is_read_says_so(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    said: list[str] = []
    for found in find_files([tmp_path]):
        if isinstance(found, LeftAside):
            said.append(found.reason)
            continue
        (tmp_path / "c.txt").unlink(missing_ok=True)
        if found.name == "b.txt":
            (tmp_path / "b.txt").unlink()
            with pytest.raises(FileRefused, match="cannot be read: it was taken away"):
                list(found.chunks())
    assert said == [
        "cannot be looked at: it was taken away after its folder was listed; run again if it is back"
    ]
