"""Swedish words without their endings, so that "maskin", "maskinen" and "maskinernas" are counted as one. Pure.

The Swedish stemmer of the Snowball project (https://snowballstem.org/algorithms/swedish/stemmer.html), with the ending
-et of "jobbet", and with the last s taken whatever went before it, or "svets" would not be "svetsen". It knows no vowel
changes: "bok" is not "böcker". Nobody reads a stem: it only has to be the same for the forms of a word.
"""

VOWELS = frozenset("aeiouyäåö")
ENDINGS = sorted(
    """
    a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas
    es ades andes ens arens hetens erns at andet het ast
    """.split(),
    key=len,
    reverse=True,
)
NEUTER = ("et", "ets")
DOUBLED = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
DERIVED = ("lig", "els", "ig")
NEUTER_DERIVED = ("fullt", "löst")
BEFORE_S = frozenset("bcdfghjklmnoprtvy")
KEPT, KEPT_BEFORE_NEUTER = 3, 4


def stem(word: str) -> str:
    """``word`` (small letters) without its ending. Short words have none."""
    start = _ending_from(word)
    word = _without_inflection(word, start)
    if _ends(word, DOUBLED, start):
        word = word[:-1]
    if _ends(word, NEUTER_DERIVED, start):
        return word[:-1]
    found = _ends(word, DERIVED, start)
    return word.removesuffix(found)


def _without_inflection(word: str, start: int) -> str:
    neuter = _ends(word, NEUTER, max(start, KEPT_BEFORE_NEUTER))
    if neuter and word.removesuffix(neuter)[-1] not in VOWELS:
        word = word.removesuffix(neuter)
    else:
        word = word.removesuffix(_ends(word, ENDINGS, start))
    return word[:-1] if _ends(word, ("s",), start) and word[-2] in BEFORE_S else word


def _ends(word: str, endings: tuple[str, ...] | list[str], start: int) -> str:
    """The first of ``endings`` that ``word`` has at or behind ``start``; empty where it has none."""
    return next((one for one in endings if word.endswith(one) and len(word) - len(one) >= start), "")


def _ending_from(word: str) -> int:
    """Where an ending may begin: behind the first consonant that follows a vowel, and not among the first three."""
    for place in range(1, len(word)):
        if word[place] not in VOWELS and word[place - 1] in VOWELS:
            return max(place + 1, KEPT)
    return len(word)
