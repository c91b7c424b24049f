"""Secrets of the door: what a phone holds, and the hash that we keep of it. Pure."""

import re
import secrets
from hashlib import sha256

# 32 random bytes as base64url without padding, as phones make them.
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """A fresh secret for a pairing: 32 random bytes as text."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of ``secret``. It is random through and through, so a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


def is_token(text: str) -> bool:
    return TOKEN.fullmatch(text) is not None
