"""Counts of a class, and labels that follow on each other. Pure."""

import re
from collections.abc import Mapping

# From so many pupils on we ask whether it is really one class.
LARGE_CLASS = 40


def too_many(counts: Mapping[str, int], pupils: int) -> list[str]:
    """The kinds in ``counts`` that are more than the ``pupils`` of the class. A pupil may be counted under several."""
    return [kind for kind, count in counts.items() if count > pupils]


def without_zeros(counts: Mapping[str, int | None]) -> dict[str, int]:
    """What is worth keeping of ``counts``."""
    return {kind: count for kind, count in counts.items() if count}


def next_label(label: str) -> str:
    """What the class after ``label`` is probably called: "9A" → "9B", "TE2b" → "TE2c", "EE1" → "EE2"; else "".

    Nothing comes after Z or 9.
    """
    match = re.fullmatch(r"(.*?)([A-Ya-y]|[1-8])", label.strip())
    if not match:
        return ""
    stem, last = match.groups()
    # "Industri" is a word, not a class with a letter: a letter counts after a digit, a space, or alone.
    if last.isalpha() and stem and not (stem[-1].isdigit() or stem[-1].isspace()):
        return ""
    if last.isdigit() and stem and stem[-1].isdigit():
        return ""
    return f"{stem}{chr(ord(last) + 1)}"
