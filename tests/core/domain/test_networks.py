import pytest

from core.domain.networks import network_of, visitor_address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.1", "192.0.2.0/24"),
        ("2001:db8:12:3456::1", "2001:db8:12:3400::/56"),
        ("2001:db8:12:34ff:1::2", "2001:db8:12:3400::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_neighbours_are_one_network(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("198.51.100.1", 0, "203.0.113.9"),
        ("", 1, "203.0.113.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1, 198.51.100.1, 192.0.2.2", 2, "198.51.100.1"),
        ("198.51.100.1", 3, "198.51.100.1"),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(forwarded, proxies, address):
    assert visitor_address("203.0.113.9", forwarded, proxies) == address
