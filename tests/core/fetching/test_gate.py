"""Which numbers may be dialled."""

import ipaddress
import time

import pytest

from core.fetching import PUBLIC, FetchError, FetchProblem, Gate, read_address
from core.fetching.gate import is_public

ADDRESS = read_address("https://kalender.example/a.ics")


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_number_is_admitted(number: str):
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0",  # noqa: S104  (refused, not listened to)
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_number_that_is_not_public_is_refused(number: str):
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "numbers", [[], ["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["odd"], ["93.184.216.34"] * 21]
)
def test_name_with_one_number_that_is_not_public_is_refused(numbers: list[str]):
    gate = Gate(resolve=lambda host, port: numbers)

    with pytest.raises(FetchError) as refused:
        gate.numbers(ADDRESS, seconds=1)

    assert refused.value.code == FetchProblem.UNREACHABLE


def test_name_with_public_numbers_gives_them_all():
    gate = Gate(resolve=lambda host, port: ["93.184.216.34", "2606:2800:220:1::1"])

    assert [str(number) for number in gate.numbers(ADDRESS, seconds=1)] == [
        "93.184.216.34",
        "2606:2800:220:1::1",
    ]


def test_name_that_takes_too_long_to_resolve_is_given_up():
    def slow(host: str, port: int) -> list[str]:
        time.sleep(0.5)
        return ["93.184.216.34"]

    with pytest.raises(FetchError, match="not resolved in time"):
        Gate(resolve=slow).numbers(ADDRESS, seconds=0.05)


def test_port_must_be_a_usual_one_or_one_the_settings_name(settings):
    odd = read_address("https://kalender.example:8443/a.ics")
    resolves = Gate(resolve=lambda host, port: ["93.184.216.34"])
    with pytest.raises(FetchError, match="port 8443"):
        PUBLIC.numbers(odd, seconds=1)

    settings.FETCH_EXTRA_PORTS = [8443]

    assert len(resolves.numbers(odd, seconds=1)) == 1
