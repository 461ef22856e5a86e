"""Which addresses may be asked, in every spelling."""

from __future__ import annotations

import socket

import pytest

from connectors.http.guard import ForbiddenAddress, allowed_addresses, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:0:1234::1",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        "100::1",
        "not an address",
        "",
    ],
)
def test_addresses_that_are_not_on_the_open_internet_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "172.32.0.1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "0", "::1"]
)
def test_every_spelling_of_the_loopback_is_the_loopback(host: str) -> None:
    def as_the_system_reads_it(name: str, _port: int) -> list[str]:
        return [name if ":" in name else socket.inet_ntoa(socket.inet_aton(name))]

    with pytest.raises(ForbiddenAddress):
        allowed_addresses(host, port=80, private_networks=False, resolver=as_the_system_reads_it)


def test_a_name_with_a_private_and_a_public_address_is_asked_at_the_public_one() -> None:
    found = allowed_addresses(
        "x.example",
        port=80,
        private_networks=False,
        resolver=lambda _host, _port: ["10.0.0.1", "1.1.1.1"],
    )
    assert found == ["1.1.1.1"]


def test_the_refusal_names_host_and_address() -> None:
    with pytest.raises(ForbiddenAddress, match=r"intern\.example is 10\.0\.0\.1"):
        allowed_addresses(
            "intern.example",
            port=80,
            private_networks=False,
            resolver=lambda _host, _port: ["10.0.0.1"],
        )


def test_the_owner_may_allow_private_addresses() -> None:
    found = allowed_addresses(
        "x", port=80, private_networks=True, resolver=lambda _host, _port: ["10.0.0.1"]
    )
    assert found == ["10.0.0.1"]
