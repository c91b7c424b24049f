"""What can be answered to a question, and what is wrong with anything else. Pure.

An answer is text wherever it travels (a form, a file, a typed sheet): a code, a whole number, or words. Many of many
are their codes with a bar between them: ``food|music``.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaires.scales import DONT_KNOW, LONGEST, NUMERIC, TEXTS, Kind

BAR = "|"
KEPT_SIGNS = {"\n", "\t"}
MOST_DIGITS = 9


class Fault(StrEnum):
    """Why something typed is no answer."""

    UNKNOWN = "unknown"
    NO_NUMBER = "no_number"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    TOO_LONG = "too_long"
    NOT_BOTH = "not_both"


class Unanswerable(ValueError):
    """It is no answer to the question; ``fault`` says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as those who read answers know it.

    ``version`` counts its wordings. ``codes`` are the answers to choose from; a number to type and words have none
    (but for "don't know"). ``ends``: lowest and highest number, both included. ``only_if``: asked only when that
    question's answer is, or holds, one of ``only_if_values``.
    """

    key: str
    version: int
    codes: Sequence[str]
    required: bool = True
    kind: str = Kind.CHOICE
    ends: tuple[int, int] = (0, 0)
    only_if: str = ""
    only_if_values: frozenset[str] = frozenset()


def values_of(kind: str, answer: str) -> list[str]:
    """What is stored of ``answer`` to a question of ``kind``: one value, or each code of one of many."""
    return answer.split(BAR) if kind == Kind.CHOICES else [answer]


def understood(ask: Ask, text: str) -> str:
    """``text`` as an answer to ``ask``, in the one form in which it is kept; ``""`` for none.

    Raises Unanswerable.
    """
    if ask.kind in TEXTS:
        return _words(ask, text)
    text = text.strip()
    if not text or (text in ask.codes and ask.kind != Kind.CHOICES):
        return text
    if ask.kind == Kind.CHOICES:
        return _many(ask, text)
    if ask.kind == Kind.NUMBER:
        return _number(ask, text)
    raise Unanswerable(Fault.NO_NUMBER if ask.kind in NUMERIC and not text.isdigit() else Fault.UNKNOWN)


def is_asked(ask: Ask, answers: Mapping[str, str]) -> bool:
    """Whether ``ask`` is put to somebody who has answered ``answers`` to what comes before it."""
    return not ask.only_if or not ask.only_if_values.isdisjoint(answers.get(ask.only_if, "").split(BAR))


def on_the_way(asks: Sequence[Ask], answers: Mapping[str, str]) -> list[Ask]:
    """Those of ``asks`` that are put to somebody who answers ``answers``, in their order.

    What was answered to a question that is not asked (any more) leads nowhere.
    """
    way: list[Ask] = []
    counted: dict[str, str] = {}
    for ask in asks:
        if is_asked(ask, counted):
            way.append(ask)
            if ask.key in answers:
                counted[ask.key] = answers[ask.key]
    return way


def left_unanswered(asks: Sequence[Ask], answers: Mapping[str, str]) -> list[Ask]:
    """The questions that must be answered and are not."""
    return [ask for ask in on_the_way(asks, answers) if ask.required and not answers.get(ask.key)]


def without_the_unasked(asks: Sequence[Ask], answers: Mapping[str, str]) -> dict[str, str]:
    """``answers`` to the questions on the way alone: what is not asked is not sent either."""
    return {ask.key: answers[ask.key] for ask in on_the_way(asks, answers) if answers.get(ask.key)}


def clean_words(text: str) -> str:
    """``text`` as it is kept: one kind of line break, no control signs (a database refuses some), no empty edges."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign in KEPT_SIGNS or unicodedata.category(sign) not in {"Cc", "Cs"}
    ).strip()


def _words(ask: Ask, text: str) -> str:
    words = clean_words(text)
    if len(words) > LONGEST[ask.kind]:
        raise Unanswerable(Fault.TOO_LONG)
    return words


def _many(ask: Ask, text: str) -> str:
    chosen = {one.strip() for one in text.split(BAR)} - {""}
    if not chosen <= set(ask.codes):
        raise Unanswerable(Fault.UNKNOWN)
    if DONT_KNOW in chosen and len(chosen) > 1:
        raise Unanswerable(Fault.NOT_BOTH)
    return BAR.join(_in_order(ask.codes, chosen))


def _number(ask: Ask, text: str) -> str:
    digits = text.removeprefix("-").replace("\u00a0", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        raise Unanswerable(Fault.NO_NUMBER)
    lowest, highest = ask.ends
    if len(digits.lstrip("0")) > MOST_DIGITS:
        raise Unanswerable(Fault.TOO_LOW if text.startswith("-") else Fault.TOO_HIGH)
    number = -int(digits) if text.startswith("-") else int(digits)
    if number < lowest:
        raise Unanswerable(Fault.TOO_LOW)
    if number > highest:
        raise Unanswerable(Fault.TOO_HIGH)
    return str(number)


def _in_order(codes: Iterable[str], chosen: set[str]) -> list[str]:
    return [code for code in codes if code in chosen]
