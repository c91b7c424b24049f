"""A class's code: 40 random bits in Crockford's base 32, eight symbols that a pupil types without mistakes. Pure."""

import secrets

from registrations.tickets.codes import ALPHABET, read_code

LENGTH = 8


def new_class_code() -> str:
    """A fresh code, from the operating system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_class_code(text: str) -> str | None:
    """The code in what was typed or scanned, ``None`` if there is none. Forgives as a ticket's does."""
    return read_code(text, length=LENGTH)


def spoken_class_code(code: str) -> str:
    """The code in two groups of four, for paper and blackboard."""
    return f"{code[:4]}-{code[4:]}"
