"""What a question means, as a short text that two questions share when their answers may be compared. Pure.

Answers of two years are one series as long as the meaning is the same, whatever their versions are; where it changes,
the series has a break.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

from surveys.questionnaires.scales import NUMERIC, WITH_OPTIONS, Kind


class Meant(Protocol):
    """A question as far as its meaning goes: a row of the database or what an editor has written."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def options(self) -> Iterable[Mapping[str, str]]: ...
    @property
    def ends(self) -> tuple[int, int]: ...
    @property
    def low_label(self) -> str: ...
    @property
    def high_label(self) -> str: ...
    @property
    def offers_dont_know(self) -> bool: ...
    @property
    def dont_know_counts(self) -> bool: ...


def meaning_of(question: Meant) -> str:
    """The fingerprint of what ``question`` means: 16 hexadecimal digits.

    It is made of the kind, the Swedish words, the codes of the options with their Swedish words (in any order), the
    ends of a scale with what they mean, and the rule for "don't know". Capitals, spaces and the way a letter is composed
    make no difference; nor do the English words, the position, the branch or whether it must be answered.
    """
    parts: list[str] = [str(question.kind), _plain(question.text)]
    if question.kind in WITH_OPTIONS:
        parts += sorted(f"{option['code']}={_plain(option['sv'])}" for option in question.options)
    if question.kind in NUMERIC:
        parts += [*map(str, question.ends), _plain(question.low_label), _plain(question.high_label)]
    if question.offers_dont_know or question.kind == Kind.YES_NO:
        parts.append("dont_know" if question.dont_know_counts else "dont_know-apart")
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
