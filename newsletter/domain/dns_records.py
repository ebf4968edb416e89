"""What a domain says in DNS about its mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489).

Large receivers turn bulk mail away when one of them is missing. Texts in, one word out.
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """How a record stands."""

    GOOD = "good"
    MISSING = "missing"
    SEVERAL = "several"
    OPEN = "open"
    REVOKED = "revoked"
    WATCHING = "watching"


def spf(texts: Iterable[str]) -> Verdict:
    """Judge the TXT records of a domain: exactly one SPF record, and it does not allow everybody.

    SEVERAL is an error to receivers (RFC 7208, 4.5); OPEN ends in `+all`, `all` or `?all`, or has
    no end at all.
    """
    records = [text for text in texts if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]
    if len(records) != 1:
        return Verdict.SEVERAL if records else Verdict.MISSING
    terms = records[0].lower().split()[1:]
    closed = {"-all", "~all"} & set(terms) or any(term.startswith("redirect=") for term in terms)
    return Verdict.GOOD if closed else Verdict.OPEN


def dkim(texts: Iterable[str]) -> Verdict:
    """Judge the TXT records at `selector._domainkey.domain`: a key; an empty one is REVOKED."""
    for text in texts:
        tags = _tags(text)
        if "p" in tags:
            return Verdict.GOOD if tags["p"] else Verdict.REVOKED
    return Verdict.MISSING


def dmarc(texts: Iterable[str]) -> Verdict:
    """Judge the TXT records at `_dmarc.domain`; WATCHING is a policy of `none`."""
    records = [_tags(text) for text in texts if re.match(r"v=DMARC1\s*(;|$)", text)]
    if len(records) != 1:
        return Verdict.SEVERAL if records else Verdict.MISSING
    strict = records[0].get("p", "").lower() in {"quarantine", "reject"}
    return Verdict.GOOD if strict else Verdict.WATCHING


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _mark, value in pairs if _mark}
