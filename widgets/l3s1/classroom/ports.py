"""Finding a port to listen on."""

from __future__ import annotations

import errno
import socket

from tornado.netutil import bind_sockets

TRIES = 50


class PortError(Exception):
    """No port to listen on; the text says which and what to do."""


def bind(ip: str, wanted: int | None, default: int) -> tuple[list[socket.socket], int]:
    """Listen on `wanted` and no other, or on the next free port from `default`.

    Returns the sockets and the port. Raises `PortError` where that can't be had.
    """
    candidates = [wanted] if wanted is not None else range(default, default + TRIES)
    for port in candidates:
        try:
            return bind_sockets(port, address=ip), port
        except OSError as error:
            reason = error
            if error.errno != errno.EADDRINUSE and wanted is None:
                break
    raise PortError(_words(ip, wanted, default, reason)) from reason


def _words(ip: str, wanted: int | None, default: int, reason: OSError) -> str:
    if reason.errno == errno.EADDRINUSE and wanted is not None:
        return (
            f"Port {wanted} is in use: another program (perhaps another l3s1) listens on it. "
            "Stop that program, choose another with --port, or leave --port out: then the next "
            "free port is taken."
        )
    if reason.errno == errno.EADDRINUSE:
        return (
            f"All ports from {default} to {default + TRIES - 1} are in use. "
            "Choose a free one with --port."
        )
    if reason.errno == errno.EACCES:
        return f"Port {wanted} may not be used by this user. Choose one above 1023 with --port."
    return (
        f"The address {ip!r} can't be listened on ({reason.strerror or reason}). "
        "Use --ip 127.0.0.1 for this computer only, or 0.0.0.0 for all its networks."
    )
