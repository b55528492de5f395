"""Say whether a port of this machine can be listened on: `python -m tools.port 8000`."""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"


def complaint(port: str) -> str | None:
    """What is wrong with the port, with its remedy; None if a server can listen there."""
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        return f"PORT={port!r}: give a number from 1 to 65535"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as error:
            return f"Port {port} cannot be used ({error.strerror}); choose another: make demo PORT=8001"
    return None


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]))
