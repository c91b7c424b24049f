"""A ticket's code: 80 random bits in Crockford's base 32. Pure.

Sixteen symbols without I, L, O and U, so that what a person reads aloud or types comes out right.
"""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_code() -> str:
    """A fresh code, from the operating system's randomness."""
    return encode(secrets.randbits(80))


def encode(number: int) -> str:
    """``number`` (0 ≤ number < 2**80) as sixteen symbols. Raises ValueError outside the range."""
    if not 0 <= number < 1 << 80:
        raise ValueError("a code holds 80 bits")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5))


def read_code(text: str, *, length: int = LENGTH) -> str | None:
    """The code of ``length`` symbols in what was scanned or typed: bare, or our QR's address; ``None`` if there is none.

    Small letters, dashes and spaces are forgiven, and O, I and L are read as 0, 1 and 1 (Crockford).
    """
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    code = last.upper().translate(_FORGIVEN)
    return code if len(code) == length and all(symbol in ALPHABET for symbol in code) else None


def spoken(code: str) -> str:
    """The code in four groups of four, for paper and telephone."""
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))


def handle_of(code: str) -> str:
    """What stands for ``code`` where the code itself must not: twelve characters that nobody can turn back.

    The first 9 bytes of SHA-256, base64url; the same in ``static/door/seal.js``.
    """
    return urlsafe_b64encode(sha256(f"torget:handle:{code}".encode()).digest()[:9]).decode()
