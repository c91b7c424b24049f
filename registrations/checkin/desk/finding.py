"""Which tickets somebody at the desk means by a few typed words, the likeliest first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from registrations.checkin.desk.folding import fold, words_of
from registrations.tickets.codes import read_code

SHORT = 4
MOST_WORDS = 6
LONGEST = 200
NOT_AT_ALL = 1 << 20
# What is read aloud or typed of a code, as ``tickets.codes`` forgives it; folding has made small letters of it.
_FORGIVEN = str.maketrans({"o": "0", "i": "1", "l": "1"})


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket to be found: ``name`` and ``company`` folded, each word with a space before it, ``text`` the two of them
    and the end of the ``code``, so that most are passed over at one look."""

    pk: int
    code: str
    name: str
    company: str
    text: str
    good: bool


def line_of(pk: int, code: str, name: str, company: str, *, good: bool) -> Line:
    """``good``: the ticket is valid, and comes before those that are not."""
    folded, place = f" {fold(name)}", f" {fold(company)}"
    return Line(pk, code, folded, place, f"{folded}{place} {code[-SHORT:]}", good)


def arranged(lines: Iterable[Line]) -> list[Line]:
    """``lines`` in the order in which those that fit equally well are shown: valid ones first, then by name."""
    return sorted(lines, key=lambda line: (not line.good, line.name, line.company, line.pk))


def find(lines: Sequence[Line], typed: str, most: int = 20) -> list[int]:
    """The keys of at most ``most`` of ``lines`` (arranged) in which every word of ``typed`` is found, the best first.

    A word is found anywhere in a name or a company (a class, a school), or as the last four symbols of a code. A whole
    code, or our QR's address, is found as such.
    """
    typed = typed[:LONGEST]
    code = read_code(typed)
    keys = [line.pk for line in lines if line.code == code] if code else []
    words = words_of(typed)[:MOST_WORDS]
    if words:
        keys += _by_words(lines, words, most)
    return list(dict.fromkeys(keys))[:most]


def _by_words(lines: Sequence[Line], words: tuple[str, ...], most: int) -> list[int]:
    for word in words:
        short = word.translate(_FORGIVEN).upper() if len(word) == SHORT else word
        lines = [line for line in lines if word in line.text or short in line.text]
    ranks = [_fit(line, words) for line in lines]
    best = nsmallest(most, range(len(lines)), key=lambda n: ranks[n] or NOT_AT_ALL)
    return [lines[n].pk for n in best if ranks[n]]


def _fit(line: Line, words: tuple[str, ...]) -> int:
    """How well ``words`` fit: lower is better, 0 is not at all."""
    total = 0
    for word in words:
        rank = _rank(line, word)
        if not rank:
            return 0
        total += rank
    return total


def _rank(line: Line, word: str) -> int:
    """How well ``word`` fits, from 1; 0: it does not."""
    if len(word) == SHORT and line.code.endswith(word.translate(_FORGIVEN).upper()):
        return 1
    if word in line.name:
        return 1 + _place(line.name, word)
    return 5 + _place(line.company, word) if word in line.company else 0


def _place(text: str, word: str) -> int:
    """How well ``word`` sits in ``text``, which has a space before each word: 0 a whole word, 1 a beginning, 2 within."""
    if f" {word}" not in text:
        return 2
    return 0 if f" {word} " in f"{text} " else 1
