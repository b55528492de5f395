"""The Makefile's helpers: which Python, which port, which administrator."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tools.admin import ensure_admin
from tools.port import complaint

REPOSITORY = Path(__file__).resolve().parents[2]


def make_venv(folder: Path, *pythons: str) -> subprocess.CompletedProcess[str]:
    """Run the script that the Makefile runs."""
    command = ["sh", "tools/make_venv", str(folder), *pythons]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def stand_in(folder: Path, name: str, fails_on: str) -> str:
    """A program that answers like a Python which fails whenever its arguments hold a word.

    The environments it makes have no pip, which would take seconds.
    """
    path = folder / name
    path.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *"{fails_on}"*) exit 1 ;; esac\n'
        f'case "$*" in "-m venv "*) shift 2; exec "{sys.executable}" -m venv --without-pip "$@" ;; esac\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    path.chmod(0o755)
    return str(path)


def test_first_python_that_will_do_makes_the_environment(tmp_path: Path) -> None:
    old = stand_in(tmp_path, "python-old", "version_info")
    good = stand_in(tmp_path, "python-good", "nothing at all")
    answer = make_venv(tmp_path / "venv", "python-nowhere", old, good)
    assert answer.returncode == 0
    assert (tmp_path / "venv/bin/python").exists()


@pytest.mark.parametrize(
    ("fails_on", "message"),
    [
        pytest.param("version_info", "needs Python 3.11 or newer; too old", id="too old"),
        pytest.param("ensurepip", "apt-get install python3-venv", id="without venv"),
    ],
)
def test_python_that_will_not_do_is_refused_with_the_remedy(
    tmp_path: Path, fails_on: str, message: str
) -> None:
    answer = make_venv(tmp_path / "venv", stand_in(tmp_path, "python-lame", fails_on))
    assert answer.returncode == 1
    assert message in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    answer = make_venv(tmp_path / "venv", "python-nowhere")
    assert answer.returncode == 1
    assert "No Python found among: python-nowhere" in answer.stderr


def test_port_in_use_is_refused_with_the_remedy() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert "PORT=8001" in (complaint(str(port)) or "")
    assert complaint(str(port)) is None


@pytest.mark.parametrize("port", ["", "0", "65536", "http", "٨٠٠٠"])
def test_what_is_no_port_is_refused(port: str) -> None:
    assert "from 1 to 65535" in (complaint(port) or "")


@pytest.mark.django_db
class TestAdministrator:
    def test_is_made_with_a_random_password_that_the_next_run_says_again(self, tmp_path: Path) -> None:
        kept = tmp_path / "password"
        first = ensure_admin(None, kept)
        assert first is not None
        assert ensure_admin(None, kept) == first
        assert User.objects.get(username="admin").check_password(first)
        assert kept.stat().st_mode & 0o777 == 0o600

    def test_given_password_is_set(self, tmp_path: Path) -> None:
        ensure_admin(None, tmp_path / "password")
        assert ensure_admin("given", tmp_path / "password") == "given"
        assert User.objects.get(username="admin").check_password("given")

    def test_password_changed_by_hand_stays(self, tmp_path: Path) -> None:
        ensure_admin(None, tmp_path / "password")
        admin = User.objects.get(username="admin")
        admin.set_password("by hand")
        admin.save()
        assert ensure_admin(None, tmp_path / "password") is None
        admin.refresh_from_db()
        assert admin.check_password("by hand")
