"""Text as somebody in a hurry types it: "asa oberg" is "Åsa Öberg". Pure, so that every database finds the same."""

import re
import unicodedata
from functools import lru_cache

# Letters that no accent makes: what people type in their place.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_BETWEEN = re.compile(r"[^a-z0-9]+")


# A large event's names and companies: when one ticket has changed, the others are not folded again.
@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """``text`` without capitals, accents and punctuation, its words one space apart. Folding twice changes nothing."""
    plain = _bare(_bare(text.replace("\0", "")).casefold()).translate(_PLAIN)
    if not plain.isascii():
        # Letters, digits, and the signs that some scripts write vowels with.
        plain = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in plain)
        return " ".join(plain.split())
    return _BETWEEN.sub(" ", plain).strip()


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded."""
    return tuple(fold(text).split())


def _bare(text: str) -> str:
    """``text`` without its accents; the vowels of scripts that write them as signs stay."""
    parts = unicodedata.normalize("NFKD", text)
    if parts.isascii():
        return parts
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
