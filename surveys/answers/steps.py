"""The way through a survey, one question a view, with all answers so far carried by the form itself. Pure.

Nothing is kept on the server until the answers are sent: no session, no row, nothing that ties them to a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PREFIX = "answer-"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as the way knows it: ``version`` counts its wordings, ``codes`` are its answers."""

    key: str
    version: int
    codes: Sequence[str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is. ``number`` counts the questions from 1; one more than there are is the summary.

    ``answers`` are codes by question. ``sending``: they want to send them. ``missing``: they wanted to go on without
    an answer that is needed.
    """

    number: int
    answers: Mapping[str, str] = field(default_factory=dict)
    sending: bool = False
    missing: bool = False


def start() -> Place:
    return Place(1)


def move(asks: Sequence[Ask], sent: Mapping[str, str]) -> Place:
    """Where the form ``sent`` leads to.

    ``at`` is the view that it was sent from; ``choice`` is an answer to that view's question (empty: passed over);
    ``go`` is ``back``, ``on``, ``send`` or a question's number. Answers that make no sense, or that were given to an older
    wording, are left out and asked for again before anything is sent.
    """
    answers = carried(asks, sent)
    at = _number(sent.get("at", ""), asks)
    if "choice" in sent and at <= len(asks):
        return _choose(asks, answers, at, sent["choice"])
    go = sent.get("go", "")
    if go == "back":
        return Place(max(1, at - 1), answers)
    if go == "send":
        unanswered = _first_unanswered(asks, answers)
        return Place(unanswered or len(asks) + 1, answers, sending=unanswered is None, missing=unanswered is not None)
    return Place(_number(go, asks) if go else at, answers)


def carried(asks: Sequence[Ask], sent: Mapping[str, str]) -> dict[str, str]:
    """The answers that the form carries, in the order of the questions."""
    answers = {}
    for ask in asks:
        version, _dot, code = sent.get(PREFIX + ask.key, "").partition(".")
        if version == str(ask.version) and code in ask.codes:
            answers[ask.key] = code
    return answers


def fields(asks: Sequence[Ask], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The hidden fields that carry ``answers``, as ``carried`` reads them."""
    return [(PREFIX + ask.key, f"{ask.version}.{answers[ask.key]}") for ask in asks if ask.key in answers]


def _choose(asks: Sequence[Ask], answers: dict[str, str], at: int, choice: str) -> Place:
    ask = asks[at - 1]
    if choice in ask.codes:
        answers[ask.key] = choice
    elif ask.required:
        return Place(at, answers, missing=True)
    else:
        answers.pop(ask.key, None)
    return Place(at + 1, answers)


def _first_unanswered(asks: Sequence[Ask], answers: Mapping[str, str]) -> int | None:
    return next((number for number, ask in enumerate(asks, start=1) if ask.required and ask.key not in answers), None)


def _number(text: str, asks: Sequence[Ask]) -> int:
    """``text`` as the number of a view, the nearest that there is."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(number, 1), len(asks) + 1)
