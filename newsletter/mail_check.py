"""Whether the world will believe our mail: asked of DNS, before the first newsletter."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import dns.exception
import dns.resolver
import dns.reversename

from newsletter.domain.dns_records import Verdict, dkim, dmarc, spf

SECONDS = 5.0
WORDS = {
    Verdict.GOOD: "in order",
    Verdict.MISSING: "missing",
    Verdict.SEVERAL: "there are several, which counts as none",
    Verdict.OPEN: "lets anybody send in your name: end it with -all",
    Verdict.REVOKED: "the key has been taken back",
    Verdict.WATCHING: "only watches (p=none): use quarantine or reject",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was asked: `good` is None when DNS did not answer."""

    name: str
    good: bool | None
    text: str


def check_domain(
    domain: str, *, relay: str, selector: str, resolver: dns.resolver.Resolver | None = None
) -> Iterator[Finding]:
    """Yield what is found about mail from `domain` that leaves through the host `relay`.

    `selector` names the DKIM key; the relay's keeper knows it. An empty one, or an empty relay,
    is not asked about.
    """
    asked = resolver or dns.resolver.Resolver()
    yield _judged("SPF", asked, domain, spf)
    if selector:
        yield _judged("DKIM", asked, f"{selector}._domainkey.{domain}", dkim)
    yield _judged("DMARC", asked, f"_dmarc.{domain}", dmarc)
    if relay:
        yield _reverse(asked, relay)


def _judged(
    name: str,
    asked: dns.resolver.Resolver,
    place: str,
    judge: Callable[[Iterable[str]], Verdict],
) -> Finding:
    try:
        rows = _answers(asked, place, "TXT")
    except dns.exception.DNSException as error:
        return Finding(name, None, f"{place}: DNS did not answer ({type(error).__name__})")
    verdict = judge([b"".join(row.strings).decode("utf-8", "replace") for row in rows])
    return Finding(name, verdict is Verdict.GOOD, f"{place}: {WORDS[verdict]}")


def _reverse(asked: dns.resolver.Resolver, relay: str) -> Finding:
    """A host that sends mail has a name that leads back to it (PTR)."""
    try:
        addresses = [str(row) for row in _answers(asked, relay, "A")]
        nameless = [
            address
            for address in addresses
            if not _answers(asked, dns.reversename.from_address(address).to_text(), "PTR")
        ]
    except dns.exception.DNSException as error:
        return Finding("PTR", None, f"{relay}: DNS did not answer ({type(error).__name__})")
    if not addresses:
        return Finding("PTR", False, f"{relay}: has no address")
    if nameless:
        return Finding("PTR", False, f"{relay}: no name for {', '.join(nameless)}")
    return Finding("PTR", True, f"{relay}: in order")


def _answers(asked: dns.resolver.Resolver, place: str, kind: str) -> list[Any]:
    try:
        return list(asked.resolve(place, kind, lifetime=SECONDS, search=False))
    except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
        return []
