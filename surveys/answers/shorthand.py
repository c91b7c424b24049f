"""How a clerk types a sheet: a number for each box that is ticked, numbers and words as they stand. Pure."""

import re
from collections.abc import Mapping, Sequence

from surveys.answers.values import BAR, Ask, Fault, Unanswerable, on_the_way, understood
from surveys.questionnaires.scales import DONT_KNOW, NUMERIC, TEXTS, Kind

# "Don't know" where the answers are numbers themselves.
UNKNOWN_SIGN = "x"
_BETWEEN = re.compile(r"[\s,.;+]+")


def typed_answer(ask: Ask, text: str) -> str:
    """The answer that ``text`` stands for: "2" is the second box, "1 3" the first and the third, "x" don't know.

    Raises Unanswerable.
    """
    text = text.strip()
    if ask.kind in TEXTS or not text:
        return understood(ask, text)
    if ask.kind in NUMERIC:
        return understood(ask, DONT_KNOW if text.lower() == UNKNOWN_SIGN and DONT_KNOW in ask.codes else text)
    codes = [_code(ask, number) for number in _BETWEEN.split(text) if number]
    if len(codes) > 1 and ask.kind != Kind.CHOICES:
        raise Unanswerable(Fault.UNKNOWN)
    return understood(ask, BAR.join(codes))


def shorthand(ask: Ask, answer: str) -> str:
    """``answer`` as a clerk types it."""
    if ask.kind in TEXTS or not answer:
        return answer
    if ask.kind in NUMERIC:
        return UNKNOWN_SIGN if answer == DONT_KNOW else answer
    return " ".join(str(list(ask.codes).index(code) + 1) for code in answer.split(BAR) if code in ask.codes)


def differences(asks: Sequence[Ask], one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The questions (keys) to which two typings have different answers."""
    return [ask.key for ask in asks if one.get(ask.key, "") != other.get(ask.key, "")]


def not_asked(asks: Sequence[Ask], answers: Mapping[str, str]) -> list[str]:
    """The questions (keys) that are answered although the other answers lead past them."""
    asked = {ask.key for ask in on_the_way(asks, answers)}
    return [ask.key for ask in asks if answers.get(ask.key) and ask.key not in asked]


def _code(ask: Ask, number: str) -> str:
    if not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= len(ask.codes)):
        raise Unanswerable(Fault.UNKNOWN)
    return ask.codes[int(number) - 1]
