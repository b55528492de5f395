"""See that a demonstration has an administrator, and say how to sign in: `python -m tools.admin ADDRESS`.

The password is `ARSHIF_ADMIN_PASSWORD`, or a random one that is kept in the data folder, readable by its
owner only, so that the next run can say it again.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import django

NAME = "admin"
GIVEN = "ARSHIF_ADMIN_PASSWORD"


def ensure_admin(given: str | None, kept: Path) -> str | None:
    """Create the administrator, or keep the one there is; answer the password, None if it is not known.

    A given password is set; otherwise an administrator whose password was changed by hand keeps it.
    """
    from django.contrib.auth.models import User

    admin = User.objects.filter(username=NAME).first()
    password = given or (kept.read_text().strip() if kept.exists() else None)
    if admin and password and admin.check_password(password):
        return password
    if admin and not given:
        return None
    password = password or _new_password(kept)
    admin = admin or User(username=NAME, is_staff=True, is_superuser=True)
    admin.set_password(password)
    admin.save()
    return password


def _new_password(kept: Path) -> str:
    password = secrets.token_urlsafe(12)
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(password + "\n")
    return password


def main(address: str) -> None:
    """Print where the archive is served and how to sign in there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    password = ensure_admin(os.environ.get(GIVEN), settings.DATA_DIR / "admin-password")
    print(f"\n  Arshif:  {address}")
    print(f"  Admin:   {address}admin/")
    print(f"  User:    {NAME}")
    print(f"  Password: {password or f'as you set it ({GIVEN}= sets a new one)'}")
    print("  Ctrl-C stops it; the archive stays.\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
