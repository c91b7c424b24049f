"""A ticket's code: 80 random bits in Crockford's base 32. Pure.

Sixteen symbols without I, L, O and U, so that what a person reads aloud or types comes out right.
"""

import secrets

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


def read_code(text: str) -> str | None:
    """The code in what a scanner read or a person typed: a bare code or our QR's address; ``None`` if there is none.

    Small letters, dashes and spaces are forgiven, and O, I and L are read as 0, 1 and 1 (Crockford).
    """
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    code = last.upper().translate(_FORGIVEN)
    return code if len(code) == LENGTH and all(symbol in ALPHABET for symbol in code) else None


def spoken(code: str) -> str:
    """The code in four groups of four, for paper and telephone."""
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))
