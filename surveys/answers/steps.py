"""The way through a survey, one question a view, with all answers so far carried by the form itself. Pure.

Nothing is kept on the server until the answers are sent: no session, no row, nothing that ties them to a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.answers.values import (
    Ask,
    Fault,
    Unanswerable,
    left_unanswered,
    on_the_way,
    understood,
    without_the_unasked,
)

PREFIX = "answer-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is. ``number`` counts all questions from 1; one more than there are is the summary.

    ``answers`` are texts by question (surveys.answers.values), those of questions that a branch has left behind too: who
    turns back finds them again. ``sending``: they want to send them. ``missing``: they wanted to go on without an
    answer that is needed, or with something that is none: then ``fault`` says why and ``typed`` is what they had
    typed.
    """

    number: int
    answers: Mapping[str, str] = field(default_factory=dict)
    sending: bool = False
    missing: bool = False
    fault: Fault | None = None
    typed: str = ""


def start() -> Place:
    return Place(1)


def move(asks: Sequence[Ask], sent: Mapping[str, str]) -> Place:
    """Where the form ``sent`` leads to.

    ``at`` is the view that it was sent from; ``choice`` is an answer to that view's question (empty: passed over),
    ``instead`` one of its buttons beside a field to type in. ``go`` is ``back``, ``on``, ``pass``, ``send`` or a
    question's number. Answers that make no sense, that were given to an older wording, or that nobody is asked for, are
    left out; what is needed is asked for again before anything is sent.
    """
    answers = carried(asks, sent)
    at, go = _number(sent.get("at", ""), asks), sent.get("go", "")
    if at <= len(asks) and ("choice" in sent or "instead" in sent or go in {"on", "pass"}):
        ask = asks[at - 1]
        typed = "" if go == "pass" else sent.get("instead") or sent.get("choice", "")
        if go in {"", "on", "pass"} and "language" not in sent:
            return _choose(asks, answers, at, typed)
        try:
            answers = _with(answers, ask, understood(ask, typed))
        except Unanswerable as refused:
            if go != "back":  # They change the language, or send: what they typed stays before them.
                return Place(at, answers, missing=go == "send", fault=refused.fault, typed=typed)
    if go == "back":
        return Place(_before(asks, answers, at), answers)
    if go == "send":
        unanswered = left_unanswered(asks, answers)
        if unanswered:
            return Place(list(asks).index(unanswered[0]) + 1, answers, missing=True)
        return Place(len(asks) + 1, without_the_unasked(asks, answers), sending=True)
    return Place(_on_the_way(asks, answers, _number(go, asks) if go else at), answers)


def carried(asks: Sequence[Ask], sent: Mapping[str, str]) -> dict[str, str]:
    """The answers that the form carries, in the order of the questions."""
    answers = {}
    for ask in asks:
        version, _dot, text = sent.get(PREFIX + ask.key, "").partition(".")
        if version != str(ask.version):
            continue
        try:
            answer = understood(ask, text)
        except Unanswerable:
            continue
        if answer:
            answers[ask.key] = answer
    return answers


def fields(asks: Sequence[Ask], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The hidden fields that carry ``answers``, as ``carried`` reads them."""
    return [(PREFIX + ask.key, f"{ask.version}.{answers[ask.key]}") for ask in asks if ask.key in answers]


def progress(asks: Sequence[Ask], place: Place) -> tuple[int, int]:
    """Which of the questions on somebody's way this is, from 1, and how many there are as far as one can tell.

    At the summary the first is one more than the second.
    """
    way = on_the_way(asks, place.answers)
    before = sum(1 for number, ask in enumerate(asks, start=1) if number < place.number and ask in way)
    return before + 1, len(way)


def _choose(asks: Sequence[Ask], answers: dict[str, str], at: int, choice: str) -> Place:
    ask = asks[at - 1]
    try:
        answer = understood(ask, choice)
    except Unanswerable as refused:
        if refused.fault == Fault.UNKNOWN:
            return Place(at, answers, missing=True)
        return Place(at, answers, missing=True, fault=refused.fault, typed=choice)
    if not answer and ask.required:
        return Place(at, answers, missing=True)
    answers = _with(answers, ask, answer)
    return Place(_on_the_way(asks, answers, at + 1), answers)


def _with(answers: Mapping[str, str], ask: Ask, answer: str) -> dict[str, str]:
    changed = {**answers, ask.key: answer}
    return changed if answer else {key: value for key, value in changed.items() if key != ask.key}


def _on_the_way(asks: Sequence[Ask], answers: Mapping[str, str], number: int) -> int:
    """``number`` if that question is asked, otherwise the next one that is, or the summary."""
    way = on_the_way(asks, answers)
    return next((n for n in range(number, len(asks) + 1) if asks[n - 1] in way), len(asks) + 1)


def _before(asks: Sequence[Ask], answers: Mapping[str, str], at: int) -> int:
    way = on_the_way(asks, answers)
    earlier = [n for n in range(1, at) if asks[n - 1] in way]
    return earlier[-1] if earlier else _on_the_way(asks, answers, 1)


def _number(text: str, asks: Sequence[Ask]) -> int:
    """``text`` as the number of a view, the nearest that there is."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(number, 1), len(asks) + 1)
