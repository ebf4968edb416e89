"""Which network a visitor comes from, as far as a limit needs to know.

One household or one rented server has a whole /24 (IPv4) or /56 (IPv6); counting single
addresses would be no limit there.
"""

import ipaddress


def network_of(address: str) -> str:
    """Return the /24 or /56 that an IP address lies in, or "" for what is none."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    plain = mapped or found
    width = 24 if plain.version == 4 else 56
    return str(ipaddress.ip_network(f"{plain}/{width}", strict=False))


def visitor_address(remote: str, forwarded: str, proxies: int) -> str:
    """Return the visitor's address behind `proxies` proxies of our own.

    `forwarded` is X-Forwarded-For, where each proxy adds to the right what it saw: what stands
    further to the left the visitor may have written. Without proxies it is not looked at.
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    if proxies < 1 or not seen:
        return remote
    return seen[-min(proxies, len(seen))]
