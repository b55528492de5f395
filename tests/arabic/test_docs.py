"""What docs/arabic.md says, row by row."""

from pathlib import Path

import pytest

from arabic import find_dates, normal_form, skeleton, stem
from arabic.plurals import related

PAGE = Path(__file__).resolve().parents[2] / "docs" / "arabic.md"


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def stem_of(word: str) -> str:
    return stem(normal_form(word))


@pytest.mark.parametrize("row", rows("What is folded"), ids=lambda row: row[2])
def test_spelling_is_folded(row: list[str]) -> None:
    assert normal_form(row[0]) == normal_form(row[1])


@pytest.mark.parametrize("row", rows("What is taken off"), ids=lambda row: row[2])
def test_affix_is_taken_off(row: list[str]) -> None:
    assert normal_form(row[0]) != normal_form(row[1])
    assert stem_of(row[0]) == stem_of(row[1])


@pytest.mark.parametrize("row", rows("What is kept apart"), ids=lambda row: row[2])
def test_words_are_kept_apart(row: list[str]) -> None:
    assert stem_of(row[0]) != stem_of(row[1])


@pytest.mark.parametrize("row", rows("Singular and plural"), ids=lambda row: row[0])
def test_number_is_known(row: list[str]) -> None:
    assert stem_of(row[0]) in related(stem_of(row[1]))
    assert stem_of(row[1]) in related(stem_of(row[0]))


@pytest.mark.parametrize("row", rows("What ranks together"), ids=lambda row: row[0])
def test_words_rank_together(row: list[str]) -> None:
    assert stem_of(row[0]) != stem_of(row[1])
    assert skeleton(stem_of(row[0])) == skeleton(stem_of(row[1]))


@pytest.mark.parametrize("row", rows("What is not done"), ids=lambda row: row[0])
def test_limit_is_as_said(row: list[str]) -> None:
    assert stem_of(row[0]) != stem_of(row[1])


@pytest.mark.parametrize("row", rows("Dates"), ids=lambda row: row[1])
def test_date_is_read(row: list[str]) -> None:
    (found,) = find_dates(row[0])
    read = str(found.date) if found.time is None else f"{found.date} {found.time:%H:%M}"
    assert read == row[1]
