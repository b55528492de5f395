"""What is said in both languages: nothing untranslated, counts in the six forms of Arabic."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest
from django.utils.translation import ngettext, override

REPOSITORY = Path(__file__).resolve().parents[2]
ELSEWHERE = ("tests/", "sample/", "docs/", "benchmarks/")
CATALOGUE = REPOSITORY / "locale" / "ar" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_nothing_is_left_untranslated(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
    assert not catalogue.obsolete_entries()
    assert not catalogue.metadata_is_fuzzy


def test_every_count_has_six_forms(catalogue: polib.POFile) -> None:
    counts = [entry for entry in catalogue if entry.msgid_plural]
    assert counts
    assert [entry.msgid for entry in counts if len(entry.msgstr_plural) != 6] == []


def test_the_compiled_catalogue_is_of_this_text(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def said(entries: polib.POFile | polib.MOFile) -> dict[object, object]:
        return {
            (entry.msgctxt, entry.msgid): tuple(entry.msgstr_plural.values()) or entry.msgstr
            for entry in entries
        }

    assert said(compiled) == said(catalogue)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs xgettext (Debian: apt-get install gettext)")
@pytest.mark.slow
def test_nothing_new_waits_to_be_translated(catalogue: polib.POFile, tmp_path: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    for name in tracked.splitlines():
        if name.endswith((".py", ".html", ".xml", ".txt", ".po")) and not name.startswith(
            ("tests/", "sample/")
        ):
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (REPOSITORY / name).exists():
                shutil.copyfile(REPOSITORY / name, target)
    command = [
        "django-admin",
        "makemessages",
        "--locale",
        "ar",
        "--no-wrap",
        "--no-obsolete",
        "--settings",
        "",
    ]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=_bare_environment())
    found = polib.pofile(str(tmp_path / "locale" / "ar" / "LC_MESSAGES" / "django.po"))
    assert {(entry.msgctxt, entry.msgid) for entry in found} == {
        (entry.msgctxt, entry.msgid) for entry in catalogue
    }


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def _bare_environment() -> dict[str, str]:
    """Without the project's settings: the command then reads the folder that it stands in."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
        (5210, "5,210 مقالات"),
        (15615, "15,615 مقالًا"),
    ],
)
def test_arabic_counts_agree_with_what_is_counted(count: int, said: str) -> None:
    with override("ar"):
        form = ngettext("%(figure)s article", "%(figure)s articles", count)
    assert form % {"figure": f"{count:,}"} == said
