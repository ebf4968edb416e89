"""E-mail addresses as people type them.

Only plain addresses are taken: an ASCII local part without quotes (anything else needs SMTPUTF8,
which few relays speak) at a domain with a dot, where æ, ø and å are allowed (RFC 5890). Addresses
that belong to a function of a mail server (RFC 2142) are refused: nobody there can say yes.
"""

import re

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 254
LONGEST_LOCAL = 64
SERVER_NAMES = frozenset(
    {
        "abuse",
        "bounce",
        "bounces",
        "hostmaster",
        "mailer-daemon",
        "no-reply",
        "nobody",
        "noreply",
        "postmaster",
        "root",
        "security",
        "usenet",
        "uucp",
        "webmaster",
    }
)


class AddressError(ValueError):
    """Why an address cannot be used; `code` is empty, space, at, letters, domain, long or role."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_address(text: str) -> str:
    """Return the address in `text` with its domain in lower case and with æ, ø and å written
    out, so that a mailbox has one spelling; the rest stays as typed.

    Raises AddressError when it is none that we can send to.
    """
    typed = text.strip()
    if not typed:
        raise AddressError("empty")
    if any(letter.isspace() or not letter.isprintable() for letter in typed):
        raise AddressError("space")
    local, at, domain = typed.rpartition("@")
    if not at or not local or "@" in local:
        raise AddressError("at")
    if not LOCAL.fullmatch(local):
        raise AddressError("letters")
    domain = plain_domain(domain)
    if len(local) > LONGEST_LOCAL or len(f"{local}@{domain}") > LONGEST:
        raise AddressError("long")
    if local.lower() in SERVER_NAMES:
        raise AddressError("role")
    return f"{local}@{domain}"


def mailbox_of(address: str) -> str:
    """Return the mailbox behind an address, for counting: anna+nyt@ and Anna@ are one."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def plain_domain(domain: str) -> str:
    """Return a domain as people read it: børn.dk for xn--brn-0na.dk.

    Raises AddressError("domain") for what is no domain name with a dot in it.
    """
    try:
        return ascii_domain(domain).encode("ascii").decode("idna")
    except UnicodeError:
        raise AddressError("domain") from None


def ascii_domain(domain: str) -> str:
    """Return a domain as mail and DNS write it: xn--brn-0na.dk for børn.dk.

    Raises AddressError("domain") for what is no domain name with a dot in it.
    """
    try:
        written = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressError("domain") from None
    labels = written.split(".")
    top = labels[-1]
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels) or top.isdigit():
        raise AddressError("domain")
    return written
