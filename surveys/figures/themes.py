"""Which words people used in their answers, counted by how many wrote them. Pure.

A word counts once for each who wrote it, however often they did, in whichever of its forms (stems.py). What fewer than
``below`` wrote is not told: it might be somebody's name.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.figures.stems import stem

MOST = 25
SHORTEST = 2
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# What stands where a number or an address was taken out (surveys/answers/screening.py).
_MARK = re.compile(r"\[[^\]\s]*\]")
# The Snowball project's Swedish list with the commonest of what else says nothing by itself, and the English answers'.
STOP_WORDS = frozenset(
    """
    och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du henne då sin
    nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi dem vara vad över än
    dig kan sina här ha mot alla under någon eller allt mycket sedan ju denna själv detta åt utan varit hur ingen mitt
    ni bli blev oss din dessa några deras blir mina samma vilken er sådan vår blivit dess inom mellan sådant varför
    varje vilka ditt vem vilket sitt sådana vart dina vars vårt våra ert era vilkas
    hos inget ingenting
    också bara fick få får vill ville mer lite lika väldigt jätte även både finns fanns göra gör gjorde kom komma ska
    gick in ner tack nej ja vet tycker tyckte
    the and to of a it is was in for that with we you they on at as be are were not but my our i so this have had very
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """``writers`` of all used the word, which is ``share`` of them, from 0 to 1. ``text`` is its commonest form.

    ``of_most``: how many that is of those who used the commonest word, from 0 to 1.
    """

    text: str
    writers: int
    share: float
    of_most: float

    @property
    def width(self) -> str:
        """Of its bar."""
        return f"{self.of_most * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class Themes:
    """The words of a question's answers, the commonest first; ``written``: how many answered in words.

    ``few``: they are too few for anything to be told of them.
    """

    written: int
    words: tuple[Word, ...]
    few: bool


def themes_of(texts: Iterable[str], *, below: int) -> Themes:
    """The words that at least ``below`` of those who wrote ``texts`` used: at most ``MOST``, then in their order."""
    answers = [text for text in texts if text.strip()]
    writers: Counter[str] = Counter()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for answer in answers:
        used = words_of(answer)
        writers.update({stem(word) for word in used})
        for word in used:
            forms[stem(word)][word] += 1
    n = len(answers)
    most = max(writers.values(), default=0)
    told = [
        Word(_commonest(forms[root]), count, count / n, count / most)
        for root, count in writers.items()
        if count >= max(below, 1)
    ]
    told.sort(key=lambda word: (-word.writers, word.text))
    return Themes(n, tuple(told[:MOST]) if n >= below else (), n < below)


def words_of(text: str) -> set[str]:
    """The words of ``text`` that say something: small letters, without numbers, marks and stop words."""
    plain = _MARK.sub(" ", unicodedata.normalize("NFC", text)).lower()
    found = {word.replace("’", "'") for word in _WORD.findall(plain)}
    return {word for word in found if len(word) >= SHORTEST and word not in STOP_WORDS and not word.isdecimal()}


def _commonest(forms: Counter[str]) -> str:
    """The form that most wrote; of several the shortest."""
    return min(forms, key=lambda form: (-forms[form], len(form), form))
