"""Whether a domain takes mail at all: asked of DNS by the worker, never while somebody waits."""

import dns.exception
import dns.resolver

from newsletter.domain.addresses import ascii_domain

SECONDS = 5.0


def takes_mail(domain: str, *, resolver: dns.resolver.Resolver | None = None) -> bool:
    """Return False when DNS says that a domain has no mail server.

    That is: it does not exist, it has a null MX (RFC 7505), or it has neither MX nor address
    (RFC 5321, 5.1). When DNS does not answer the domain has the benefit of the doubt.
    """
    asked = resolver or dns.resolver.Resolver()
    name = f"{ascii_domain(domain)}."
    try:
        servers = _answers(asked, name, "MX")
        if servers:
            return any(str(server.exchange) != "." for server in servers)
        return bool(_answers(asked, name, "A") or _answers(asked, name, "AAAA"))
    except dns.resolver.NXDOMAIN:
        return False
    except dns.exception.DNSException:
        return True


def _answers(resolver: dns.resolver.Resolver, name: str, kind: str) -> list:  # type: ignore[type-arg]
    try:
        return list(resolver.resolve(name, kind, lifetime=SECONDS, search=False))
    except dns.resolver.NoAnswer:
        return []
