"""Secrets of the second step as they lie in the database: encrypted (ADR 28).

A code is checked against the secret itself, so a hash will not do. The key is worked out from
SECRET_KEY, and those in SECRET_KEY_FALLBACKS still open what was sealed with them.
"""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

log = logging.getLogger(__name__)
PURPOSE = b"fristed second step"


def seal(text: str) -> str:
    """Return `text` encrypted with the present key."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed.

    Where no key opens it, a secret that nobody has comes back: no code fits, nobody gets in, and
    the log says why.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        log.error("a second step cannot be read: was SECRET_KEY changed without its fallback?")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def seal_anew(sealed: str) -> str:
    """Return the same secret sealed with the present key. Raises ValueError if no key opens it."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("no key opens it") from error


def _keys() -> MultiFernet:
    words = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(word)) for word in words])


def _key(secret_key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derived.derive(secret_key.encode()))
