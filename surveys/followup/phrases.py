"""Phrases that the drafts share: the sentence's shape, who answered, why nothing is told. Pure."""

from dataclasses import dataclass

from events.look.formats import number, percent
from surveys.answers.batches import opens_from
from surveys.figures.figure import Figure, Reason
from surveys.figures.measures import Measure
from surveys.figures.shares import Interval
from surveys.questionnaires.templates import RESPONDENTS, Words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words. ``figure`` is its beginning, the numbers that lead to their source; ``rest`` completes the
    sentence, and ``uncertainty`` is a second one about interval and respondents. Both may be empty.
    """

    figure: str
    rest: str
    uncertainty: str = ""

    def __str__(self) -> str:
        first = f"{self.figure} {self.rest}".strip()
        return f"{first} {self.uncertainty}".strip()


def limits(interval: Interval, language: str | None) -> str:
    """``interval`` in per cent: "65,0–84,5 procent" / "65.0–84.5 per cent"."""
    low, high = number(interval.low * 100, language, 1), number(interval.high * 100, language, 1)
    return f"{low}–{high} {'per cent' if (language or '').startswith('en') else 'procent'}"


def whom(figure: Figure | Measure, english: bool) -> str:
    people = RESPONDENTS.get(figure.asked.audience, Words("tillfrågade", "people asked"))
    return people.within("en" if english else "sv")


def answered(figure: Figure | Measure, english: bool) -> str:
    """ "71 av 134 utställare svarade (53 %)"; without a population, that it is not known."""
    language = "en" if english else "sv"
    n = number(figure.n, language)
    if figure.population is None or figure.response_rate is None:
        return f"{n} answered, of how many is not known" if english else f"{n} svarade, av hur många är inte känt"
    population, rate = number(figure.population, language), percent(figure.response_rate, language, 0)
    if english:
        return f"{n} of {population} {whom(figure, english)} answered ({rate})"
    return f"{n} av {population} {whom(figure, english)} svarade ({rate})"


def withheld(figure: Figure | Measure, english: bool, below: int) -> Sentence:
    enough = opens_from(below)
    if english:
        why = {
            Reason.TOO_FEW: f"Too few answers (fewer than {below}) to be shown.",
            Reason.WAITING: f"The figures come when at least {enough} have answered or the survey is closed.",
        }.get(figure.reason or Reason.NO_ANSWERS, "Nobody has answered yet.")
        return Sentence("", f"{why} The question: “{figure.asked.label}”")
    why = {
        Reason.TOO_FEW: f"För få svar (färre än {below}) för att visas.",
        Reason.WAITING: f"Siffrorna visas när minst {enough} har svarat eller enkäten har stängts.",
    }.get(figure.reason or Reason.NO_ANSWERS, "Ingen har svarat än.")
    return Sentence("", f"{why} Frågan: ”{figure.asked.label}”")
