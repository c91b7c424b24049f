"""The form in which a paper is kept, and the hash that tells whether it is still the same. Pure.

Canonical: keys in order, no spaces, UTF-8 as it is. The hash is SHA-256 over exactly these bytes, so that anybody who
has the JSON file can check it (``sha256sum``) against the number that is printed on the paper.
"""

import json
from hashlib import sha256
from typing import Any


def canonical(contents: dict[str, Any]) -> str:
    """``contents`` as text, the same for the same data whatever the order in which it was put together.

    Raises ValueError for what JSON cannot say (NaN, infinity) and TypeError for what is no plain data.
    """
    return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def seal(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def spoken(digest: str) -> str:
    """The hash in groups of four, as people compare it by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
