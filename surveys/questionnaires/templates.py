"""The questionnaires that a survey begins as, and how their findings read. Pure: words only.

Both languages stand here side by side, since a question's words are stored with the survey and never translated
afterwards. A template's key and scale never change; its words may, for surveys that are made later.
"""

from dataclasses import dataclass

from surveys.questionnaires.scales import Kind

EXHIBITORS, VISITORS = "exhibitors", "visitors"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    sv: str
    en: str

    def within(self, language: str | None) -> str:
        return self.en if (language or "").startswith("en") else self.sv


@dataclass(frozen=True, slots=True)
class QuestionTemplate:
    """A question, and ``finding``: what those who gave the counted answer said, as the end of a sentence."""

    key: str
    kind: Kind
    words: Words
    finding: Words
    required: bool = True


# What an event of each kind is called in a sentence, definite.
NOUNS: dict[str, Words] = {
    "fair": Words("mässan", "the fair"),
    "night": Words("kvällen", "the evening"),
    "course": Words("kursen", "the course"),
}

# Whom a survey is about, in the plural, as in "71 of 134 exhibitors answered".
RESPONDENTS: dict[str, Words] = {
    EXHIBITORS: Words("utställare", "exhibitors"),
    VISITORS: Words("anmälda besökare", "registered visitors"),
}


def questionnaire(audience: str, event_kind: str) -> list[QuestionTemplate]:
    """The questions for ``audience`` at an event of ``event_kind``, in their order. Unknown ones raise KeyError."""
    RESPONDENTS[audience]
    noun = NOUNS[event_kind]
    return [
        QuestionTemplate(
            key="satisfied",
            kind=Kind.SATISFACTION,
            words=Words(
                f"Hur nöjd är du med {noun.sv} som helhet?",
                f"How satisfied are you with {noun.en} as a whole?",
            ),
            finding=Words(f"var mycket nöjda med {noun.sv}", f"were very satisfied with {noun.en}"),
        ),
        QuestionTemplate(
            key="contacts",
            kind=Kind.YES_NO,
            words=Words(
                "Fick du kontakter som du tror leder till framtida affärer eller samarbeten?",
                "Did you make contacts that you believe will lead to future business or cooperation?",
            ),
            finding=Words(
                "fick kontakter som de tror leder till framtida affärer eller samarbeten",
                "made contacts that they believe will lead to future business or cooperation",
            ),
        ),
    ]


def finding_of(audience: str, event_kind: str, key: str, text: str) -> Words | None:
    """How the figure of a question reads as a sentence; ``None`` where its Swedish ``text`` is not the template's.

    A question that was reworded may mean something else: then nobody but its makers can say what it found.
    """
    if audience not in RESPONDENTS or event_kind not in NOUNS:
        return None
    for question in questionnaire(audience, event_kind):
        if question.key == key and question.words.sv == text:
            return question.finding
    return None
