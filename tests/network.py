"""Keeps the tests on this machine: any connection but to loopback is refused, loudly."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine. Not an OSError, so that nothing takes it for one."""


def refuse_all_but_loopback() -> None:
    """From now on, for the whole process: audit hooks cannot be removed."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        _check(arguments[1])
    elif event == "socket.getaddrinfo":
        _check((arguments[0],))


def _check(address: object) -> None:
    if not isinstance(address, tuple) or not address:
        return  # a path: a socket of this machine
    host = address[0]
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost", socket.gethostname()):
        return
    try:
        outside = not ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        outside = True
    if outside:
        raise NetworkRefused(f"tests stay on this machine, but one wanted to reach {host}")
