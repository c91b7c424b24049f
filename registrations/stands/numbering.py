"""Numbers of stands by a rule. Pure.

Three rules: a letter for each row (A1 A2 …, B1 B2 …); odd and even on either side (A1 A3 A5 … against A2 A4 A6 …, one
letter for two rows); or straight through (1 2 3 …).
"""

from collections.abc import Collection, Sequence

from django.db import models
from django.utils.translation import pgettext_lazy


class Rule(models.TextChoices):
    ROWS = "rows", pgettext_lazy("numbers of stands", "A letter for each row: A1, A2 … B1, B2 …")
    SIDES = "sides", pgettext_lazy("numbers of stands", "Odd and even on either side: A1, A3 … and A2, A4 …")
    THROUGH = "through", pgettext_lazy("numbers of stands", "Straight through: 1, 2, 3 …")


def letter_of(place: int) -> str:
    """The letters of the ``place``-th row, from 0: A … Z, AA, AB …, as columns of a sheet are called."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def numbers_of(rows: Sequence[int], rule: Rule | str, *, taken: Collection[str] = ()) -> list[list[str]]:
    """The number of each stand, row by row, for rows of so many stands; none is in ``taken`` and none comes twice.

    Letters go on after the last letter that ``taken`` uses, and straight numbers after its highest.
    """
    if rule == Rule.THROUGH:
        last = max((int(number) for number in taken if number.isdecimal()), default=0)
        found = []
        for many in rows:
            found.append([str(last + place) for place in range(1, many + 1)])
            last += many
        return found
    first = first_free_letter(taken)
    if rule == Rule.SIDES:
        return [
            [f"{letter_of(first + row // 2)}{2 * place + 1 + row % 2}" for place in range(many)]
            for row, many in enumerate(rows)
        ]
    return [[f"{letter_of(first + row)}{place + 1}" for place in range(many)] for row, many in enumerate(rows)]


def first_free_letter(taken: Collection[str]) -> int:
    """The place of the first letter after all that ``taken`` uses: 2 (C) after A1 and B7."""
    return max((_place_of(number) + 1 for number in taken), default=0)


def _place_of(number: str) -> int:
    """The place of the letters that ``number`` begins with; -1 where it begins with none of A–Z."""
    place = 0
    for sign in number.upper():
        if not "A" <= sign <= "Z":
            break
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1


def natural(number: str) -> tuple[str, int, str]:
    """A key that puts A2 before A10: the letters, the digits as a number, the rest."""
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return letters.casefold(), int(digits) if digits else 0, number
