"""The questionnaires that a survey begins as, what can be added from the bank, and how findings read. Pure: words only.

Nobody should need a minute: three to five questions that are chosen, and at most one to write in, which can be left.
"""

from surveys.questionnaires import bank
from surveys.questionnaires.bank import Asking
from surveys.questionnaires.wordings import NOUNS, QuestionTemplate, Words

__all__ = ["NOUNS", "RESPONDENTS", "QuestionTemplate", "Words", "finding_of", "proposed", "questionnaire", "spare"]

EXHIBITORS, VISITORS, PUPILS = "exhibitors", "visitors", "pupils"
TEACHERS, HOSTS, PARTICIPANTS = "teachers", "hosts", "participants"

# Whom a survey is about, in the plural, as in "71 of 134 exhibitors answered".
RESPONDENTS: dict[str, Words] = {
    EXHIBITORS: Words("utställare", "exhibitors"),
    VISITORS: Words("anmälda besökare", "registered visitors"),
    PUPILS: Words("elever", "pupils"),
    TEACHERS: Words("lärare", "teachers"),
    HOSTS: Words("värdföretag", "host companies"),
    PARTICIPANTS: Words("deltagare", "participants"),
}

# Whom an event of each kind asks: they are proposed where surveys are made.
PROPOSED: dict[str, tuple[str, ...]] = {
    "fair": (EXHIBITORS, VISITORS),
    "night": (PUPILS, TEACHERS, HOSTS),
    "course": (PARTICIPANTS, HOSTS),
}

ASKED: dict[str, tuple[Asking, ...]] = {
    EXHIBITORS: (bank.satisfied, bank.contacts),
    VISITORS: (bank.satisfied, bank.contacts),
    PUPILS: (bank.good, bank.learned, bank.education, bank.friend, bank.best),
    TEACHERS: (bank.satisfied, bank.pupils_learned, bank.informed, bank.again_with_class, bank.better),
    HOSTS: (bank.satisfied, bank.interest, bank.worth, bank.again, bank.better),
    PARTICIPANTS: (bank.satisfied, bank.of_use, bank.recommend, bank.better),
}
# What the organiser can take in beside them.
SPARE: dict[str, tuple[Asking, ...]] = {
    EXHIBITORS: (bank.leads_to, *bank.INDEX_THREE, bank.recommend, bank.again, bank.heard, bank.better),
    VISITORS: (bank.leads_to, bank.recommend, bank.heard, bank.best, bank.better),
    PUPILS: (bank.satisfied, bank.better),
    TEACHERS: (bank.recommend, bank.best),
    HOSTS: (bank.contacts, bank.leads_to, bank.recommend),
    PARTICIPANTS: (bank.contacts, bank.leads_to, bank.heard, bank.best),
}


def proposed(event_kind: str) -> tuple[str, ...]:
    """The audiences that an event of ``event_kind`` asks."""
    return PROPOSED[event_kind]


def questionnaire(audience: str, event_kind: str) -> list[QuestionTemplate]:
    """The questions for ``audience`` at an event of ``event_kind``, in their order. Unknown ones raise KeyError."""
    return [ask(event_kind) for ask in ASKED[audience]]


def spare(audience: str, event_kind: str) -> list[QuestionTemplate]:
    """What else ``audience`` can be asked. Unknown ones raise KeyError."""
    return [ask(event_kind) for ask in SPARE[audience]]


def finding_of(audience: str, event_kind: str, key: str, text: str) -> Words | None:
    """How the figure of a question reads as a sentence; ``None`` where its Swedish ``text`` is not the template's.

    A question that was reworded may mean something else: then nobody but its makers can say what it found.
    """
    if audience not in ASKED or event_kind not in NOUNS:
        return None
    for question in questionnaire(audience, event_kind) + spare(audience, event_kind):
        if question.key == key and question.words.sv == text:
            return question.finding
    return None
