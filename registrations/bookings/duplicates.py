"""When two labels mean the same class: "9A", "9 a", "Åk 9A", "klass 9:a". Pure.

Two colleagues of a school book the same class in good faith; the school hears of it when it books, the organiser can
merge the two. A part of a class that is called so ("9A halva") is another class.
"""

import re
import unicodedata

# Words that stand before a label without being a part of it; "klassisk 1" is left alone.
_BEFORE = re.compile(r"^\s*(?:årskurs|årsk|åk|ak|klassen|klass|kl|class|grade)(?=[\W\d_])[\s.:]*")


def key_of(label: str, grade: int | None = None) -> str:
    """What all spellings of a class label share: small letters and digits alone, without "klass" or "åk" before them.

    With ``grade`` a label that names no year gets it: "A" in grade 9 is "9a". Empty only for a label without letters
    and digits.
    """
    text = label
    # What goes away may leave another spelling of the same: ":ÅK 9a" is "åk9a", and that is "9a".
    while (key := _plain(text)) != text:
        text = key
    if key and grade is not None and not any(map(str.isdigit, key)):
        return f"{grade}{key}"
    return key


def _plain(label: str) -> str:
    text = unicodedata.normalize("NFKC", label).casefold()
    while (shorter := _BEFORE.sub("", text)) != text and any(map(str.isalnum, shorter)):
        text = shorter
    return "".join(filter(str.isalnum, text))


def same_class(a: str, b: str, grade: int | None = None) -> bool:
    """Whether the labels ``a`` and ``b`` of one school mean the same class; ``grade`` as for ``key_of``, of both."""
    key = key_of(a, grade)
    return bool(key) and key == key_of(b, grade)
