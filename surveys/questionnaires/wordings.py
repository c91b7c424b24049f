"""What a questionnaire's texts are made of: words in both languages, and questions ready to be asked. Pure.

Both languages stand side by side, since a question's words are stored with the survey and never translated afterwards.
"""

from dataclasses import dataclass

from surveys.questionnaires.scales import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    sv: str
    en: str

    def within(self, language: str | None) -> str:
        return self.en if (language or "").startswith("en") else self.sv


NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class QuestionTemplate:
    """A question, and ``finding``: what those who gave the counted answer said, as the end of a sentence.

    ``finding=None``: the question has no share of its own (marks, numbers, many answers, words). ``options`` are codes
    with their words, in order. ``low`` and ``high`` say what the ends of a scale mean. ``only_if`` is the key of the
    question that decides whether this one is asked, and ``only_if_values`` are the answers that lead here.
    """

    key: str
    kind: Kind
    words: Words
    finding: Words | None = None
    required: bool = True
    options: tuple[tuple[str, Words], ...] = ()
    low: Words = NO_WORDS
    high: Words = NO_WORDS
    only_if: str = ""
    only_if_values: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """What an event of a kind is called in a sentence: "the fair", "a fair", "this fair", and "was" with a good one."""

    definite: Words
    perfect: Words
    this: Words
    good: Words


EVENTS: dict[str, Noun] = {
    "fair": Noun(
        Words("mässan", "the fair"),
        Words("en perfekt mässa", "a perfect fair"),
        Words("den här mässan", "this fair"),
        Words("en bra mässa", "a good fair"),
    ),
    "night": Noun(
        Words("kvällen", "the evening"),
        Words("en perfekt kväll av det här slaget", "a perfect evening of this kind"),
        Words("den här kvällen", "this evening"),
        Words("en bra kväll", "a good evening"),
    ),
    "course": Noun(
        Words("kursen", "the course"),
        Words("en perfekt kurs", "a perfect course"),
        Words("den här kursen", "this course"),
        Words("en bra kurs", "a good course"),
    ),
}

# What an event of each kind is called in a sentence, definite.
NOUNS: dict[str, Words] = {kind: noun.definite for kind, noun in EVENTS.items()}
