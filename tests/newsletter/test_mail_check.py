"""Asking DNS about our own mail; the answers are given here."""

import dns.resolver
import pytest
from django.core.management import CommandError, call_command
from dns.rdata import from_text
from dns.rdataclass import IN
from dns.rdatatype import from_text as kind_of

from newsletter import mail_check
from newsletter.mail_check import Finding, check_domain

GOOD = {
    ("kommune.example", "TXT"): ['"v=spf1 include:spf.example " "-all"'],
    ("s1._domainkey.kommune.example", "TXT"): ['"v=DKIM1; p=MIGf"'],
    ("_dmarc.kommune.example", "TXT"): ['"v=DMARC1; p=reject"'],
    ("relay.example", "A"): ["192.0.2.7"],
    ("7.2.0.192.in-addr.arpa.", "PTR"): ["relay.example."],
}


class Zone:
    """Answers like a resolver, from a table."""

    def __init__(self, table):
        self.table = table

    def resolve(self, place, kind, **options):
        rows = self.table.get((place, kind))
        if rows is None:
            raise dns.resolver.NXDOMAIN
        return [from_text(IN, kind_of(kind), row) for row in rows]


class Silence:
    """A resolver that nobody answers."""

    def resolve(self, place, kind, **options):
        raise dns.resolver.LifetimeTimeout(timeout=5, errors=[])


def check(resolver, *, relay="relay.example", selector="s1"):
    return list(check_domain("kommune.example", relay=relay, selector=selector, resolver=resolver))


def test_a_domain_in_order():
    assert check(Zone(GOOD)) == [
        Finding("SPF", True, "kommune.example: in order"),
        Finding("DKIM", True, "s1._domainkey.kommune.example: in order"),
        Finding("DMARC", True, "_dmarc.kommune.example: in order"),
        Finding("PTR", True, "relay.example: in order"),
    ]


def test_an_empty_domain_lacks_everything():
    assert [(each.name, each.good) for each in check(Zone({}))] == [
        ("SPF", False),
        ("DKIM", False),
        ("DMARC", False),
        ("PTR", False),
    ]


def test_a_relay_without_a_name_is_told_by_its_address():
    zone = {**GOOD, ("7.2.0.192.in-addr.arpa.", "PTR"): []}

    assert check(Zone(zone))[-1] == Finding("PTR", False, "relay.example: no name for 192.0.2.7")


def test_silence_is_not_a_no():
    assert {each.good for each in check(Silence())} == {None}


def test_what_is_not_known_here_is_not_asked():
    found = check(Zone(GOOD), relay="", selector="")

    assert [each.name for each in found] == ["SPF", "DMARC"]


@pytest.fixture
def zone(monkeypatch):
    """Let the command ask a table instead of the network."""
    table = dict(GOOD)
    monkeypatch.setattr(mail_check.dns.resolver, "Resolver", lambda: Zone(table))
    return table


def test_the_command_tells_what_it_found(zone, capsys):
    call_command("newsletter_check", domain="kommune.example", relay="relay.example")

    assert capsys.readouterr().out.splitlines() == [
        "ok      SPF   kommune.example: in order",
        "ok      DMARC _dmarc.kommune.example: in order",
        "ok      PTR   relay.example: in order",
    ]


def test_the_command_fails_when_something_is_missing(zone, capsys):
    del zone["_dmarc.kommune.example", "TXT"]

    with pytest.raises(CommandError):
        call_command("newsletter_check", domain="kommune.example")

    assert "MISSING DMARC _dmarc.kommune.example: missing" in capsys.readouterr().out
