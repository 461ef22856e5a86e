"""Which addresses a connector may talk to: public ones only, unless the owner allows others.

Addresses are judged after name resolution, so every spelling of one (decimal, hex, octal, short
forms, a name that points there) is the same address here. Sources: IANA's special-purpose
registries (RFC 6890), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_NAT64 = ip_network("64:ff9b::/96")
_NEVER = tuple(
    ip_network(network)
    for network in (
        "64:ff9b:1::/48",  # NAT64 for local use: translates to whatever the network likes
        "::/96",  # IPv4-compatible, deprecated
        "2001::/23",  # Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local, deprecated
        "192.88.99.0/24",  # 6to4 relays, deprecated
    )
)


class ForbiddenAddress(Exception):
    """A host whose addresses must not be asked; the message names host and address."""


def resolve(host: str, port: int) -> list[str]:
    """The host's addresses, as the system resolves them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed_addresses(
    host: str, *, port: int, private_networks: bool, resolver: Resolve = resolve
) -> list[str]:
    """The host's addresses that may be connected to. Raises OSError or ForbiddenAddress."""
    addresses = list(resolver(host, port))
    if private_networks:
        return addresses
    public = [address for address in addresses if is_public(address)]
    if not public:
        seen = ", ".join(addresses[:3])
        told = host if host == seen else f"{host} is {seen}, which"
        raise ForbiddenAddress(f"{told} is not a public address")
    return public


def is_public(address: str) -> bool:
    """Whether this literal address is one on the open internet."""
    try:
        # A zone ("fe80::1%eth0") exists only on local links.
        parsed = ip_address(address)
    except ValueError:
        return False
    return _is_public(parsed)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    if any(address in network for network in _NEVER if network.version == address.version):
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_private
    )
