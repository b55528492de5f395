"""Text on one line: in files where a line of its own would be read as something else."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Text without line breaks, its blanks made one."""
    return " ".join(text.split())
